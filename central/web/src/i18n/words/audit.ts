// Nhật ký truy cập: who looked at what and why, a day at a time.
export const audit = {
  title: ['Nhật ký truy cập', 'Audit log'],
  none: ['Không có bản ghi nào trong ngày này.', 'No record on this day.'],
  holds: ['Chuỗi bản ghi của ngày này nguyên vẹn.', 'The chain of this day holds.'],
  broken: ['Chuỗi bản ghi không nguyên vẹn:', 'The chain does not hold:'],
  seq: ['Số', 'No.'],
  who: ['Ai', 'Who'],
  action: ['Việc', 'Action'],
  object: ['Đối tượng, địa điểm', 'What, where'],
  detail: ['Lý do, chi tiết', 'Reason, detail'],
  itself: ['Hệ thống', 'The system'],
  filter: ['Lọc trong các bản ghi đang hiện', 'Filter the records shown'],
} as const;
