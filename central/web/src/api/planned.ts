// Endpoints that are agreed and not in the OpenAPI document yet. What appears there is taken out here; an empty file goes.
import type { components } from './schema';

type Moment = components['schemas']['Moment'];

interface Op<Answer, Body = never, Path = never, Query = never> {
  parameters: { path: Path; query?: Query };
  requestBody: { content: { 'application/json': Body } };
  responses: { 200: { content: { 'application/json': Answer } } };
}
interface On<Get = never, Post = never, Put = never> { get: Get; post: Post; put: Put; delete: never }

export interface CameraPath { site: string; node: string; camera: string }

export interface UsedBy { kind: string; name: string }
export interface LineDrawn { id: string; name: string; points: number[][]; used_by: UsedBy[] }
export interface ZoneDrawn { id: string; name: string; points: number[][] }
export interface CameraLines { revision: number; node_revision: number | null; editable: boolean; why_not: string | null; counts: string; lines: LineDrawn[]; zones: ZoneDrawn[] }
export interface LineSent { id: string; name: string; points: number[][] }
export interface LinesPreview { since: Moment | null; until: Moment; tracks: number; lines: { id: string; in: number; out: number; doubtful: number }[] }
export interface Outage { site: string; node: string; camera: string | null; kind: string; kind_text: string; words: string | null; began_at: Moment; ended_at: Moment | null }
export interface Outages { from: Moment; to: Moment; items: Outage[]; next: string | null; availability: { site: string; node: string; camera: string | null; share: number | null }[] }

export interface Host { host_id: string; name: string; department: string; room: string | null; phone: string | null }
export interface HostEntry extends Host { sites: string[]; entered_at: Moment; entered_by: string; ended_at: Moment | null; ended_by: string | null }
export interface VisitStep { number: number; step: string; state: string; at: Moment; by: string; host_name: string | null; reason: string | null; note: string | null }
export interface Visit {
  visit_id: string; revision: number; site: string; visitor_name: string; organisation: string | null; purpose: string; badge: string | null; arrival_id: string | null;
  host: { host_id: string | null; name: string; department: string | null; room: string | null; phone: string | null } | null;
  state: string; state_text: string; arrived_at: Moment; registered_by: string; called_at: Moment | null; called_by: string | null; answered_at: Moment | null; answer: string | null;
  admitted_at: Moment | null; refused_at: Moment | null; refusal_reason: string | null; left_at: Moment | null; decided_by: string | null; decided_why: string | null; steps: VisitStep[];
}
export interface VisitBook { items: Visit[]; total: number; site: string; day: string; printed_at: Moment; printed_by: string }

export interface Grant {
  grant_id: string; state: string; state_text: string; case_id: string; case_number: string; plate: string | null; from: Moment; to: Moment; sites: string[]; reason: string;
  asked_by: string; asked_at: Moment; decided_by: string | null; decided_at: Moment | null; decided_why: string | null; expires_at: Moment | null;
  withdrawn_by: string | null; withdrawn_at: Moment | null; withdrawn_why: string | null; may_approve: boolean; may_use: boolean;
}
export interface ExportRow { export_id: string; at: Moment; by: string; site: string; from: Moment; to: Moment; rows: number; format: string; reason: string; sha256: string }

export interface RetentionSetting {
  class: string; settable: boolean; default_days: number | null; least_days: number | null; most_days: number | null; days: number | null; version: number;
  since: Moment | null; by: string | null; reason: string | null; basis: string; coming: { days: number; from: Moment; by: string; reason: string } | null;
}
interface Page<T> { items: T[]; next: string | null }
interface Id { id: string }

export interface Planned {
  '/api/v1/cameras/{site}/{node}/{camera}/still': On<never, Op<never, Record<string, never>, CameraPath>>;
  '/api/v1/cameras/{site}/{node}/{camera}/clear-still': On<never, Op<never, { purpose: string }, CameraPath>>;
  '/api/v1/cameras/{site}/{node}/{camera}/lines': On<Op<CameraLines, never, CameraPath>, never, Op<CameraLines, { revision: number; lines: LineSent[]; zones: { id: string; points: number[][] }[]; reason: string }, CameraPath>>;
  '/api/v1/cameras/{site}/{node}/{camera}/lines/preview': On<never, Op<LinesPreview, { lines: LineSent[] }, CameraPath>>;
  '/api/v1/devices/outages': On<Op<Outages, never, never, { site?: string; node?: string; camera?: string; from?: string; to?: string; cursor?: string }>>;
  '/api/v1/visits': On<Op<Page<Visit>, never, never, { site: string }>, Op<Visit, { site: string; visitor_name: string; organisation: string | null; purpose: string; host_id: string | null; host_name: string | null; arrival_id: string | null; badge: string | null }>>;
  '/api/v1/visits/{id}': On<Op<Visit, never, Id>>;
  '/api/v1/visits/search': On<never, Op<Page<Visit>, { site: string; day: string; text: string | null; reason: string; limit: number | null; cursor: string | null }>>;
  '/api/v1/visits/print': On<never, Op<VisitBook, { site: string; day: string; text: string | null; reason: string }>>;
  '/api/v1/visits/{id}/call-host': On<never, Op<Visit, { revision: number; host_id: string | null }, Id>>;
  '/api/v1/visits/{id}/host-answer': On<never, Op<Visit, { revision: number; answer: 'expected' | 'not_expected' | 'no_answer'; note: string | null }, Id>>;
  '/api/v1/visits/{id}/admit': On<never, Op<Visit, { revision: number; reason: string | null }, Id>>;
  '/api/v1/visits/{id}/refuse': On<never, Op<Visit, { revision: number; reason: components['schemas']['RefusalReason']; note: string | null }, Id>>;
  '/api/v1/visits/{id}/leave': On<never, Op<Visit, { revision: number; badge_returned: boolean | null }, Id>>;
  '/api/v1/hosts/search': On<never, Op<Page<Host>, { site: string; text: string }>>;
  '/api/v1/hosts': On<Op<Page<HostEntry>, never, never, { ended?: boolean }>, Op<HostEntry, { name: string; department: string; room: string | null; phone: string | null; sites: string[] }>>;
  '/api/v1/hosts/{id}/end': On<never, Op<HostEntry, Record<string, never>, Id>>;
  '/api/v1/grants': On<Op<Page<Grant>, never, never, { state?: string; cursor?: string }>, Op<Grant, { case_id: string; from: string; to: string; sites: string[]; reason: string }>>;
  '/api/v1/grants/{id}/approve': On<never, Op<Grant, { days: number | null }, Id>>;
  '/api/v1/grants/{id}/refuse': On<never, Op<Grant, { reason: string }, Id>>;
  '/api/v1/grants/{id}/withdraw': On<never, Op<Grant, { reason: string }, Id>>;
  '/api/v1/passes/exports': On<Op<Page<ExportRow>, never, never, { limit?: number; cursor?: string }>>;
  '/api/v1/retention/{data_class}': On<never, never, Op<RetentionSetting, { version: number; days: number; reason: string }, { data_class: string }>>;
}

/** What a search under a grant takes, until the document says so. */
export interface GrantSearch { grant_id: string; cursor: string | null; limit: number }
/** What the retention view carries besides, until the document says so. */
export interface WithSettings { settings: RetentionSetting[] }
