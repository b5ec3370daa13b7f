-- Counts are asked for by place and time, of all cameras or of one.
CREATE INDEX count_buckets_by_place ON count_buckets (site, start_at);
