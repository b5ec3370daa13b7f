// Lists of plates and their alerts, which the OpenAPI document does not name yet. Once it does, this file goes: `client.ts` takes the
// document's own paths again, and the four names in `types.ts` stand for the document's.
import type { components } from './schema';

type Moment = components['schemas']['Moment'];

interface Op<Answer, Body = never, Path = never, Query = never> {
  parameters: { path: Path; query?: Query };
  requestBody: { content: { 'application/json': Body } };
  responses: { 200: { content: { 'application/json': Answer } } };
}
interface On<Get = never, Post = never> { get: Get; post: Post; put: never; delete: never }
interface Page<T> { items: T[]; next?: string | null }
interface Id { id: string }

export type ListKind = 'wanted' | 'allowed';
export interface ListEntry {
  entry_id: string; kind: ListKind; state: string; state_text: string; plate: string; sites: string[]; keeper: string; reason: string; expires_at: Moment;
  proposed_by: string; proposed_at: Moment; decided_by?: string | null; decided_at?: Moment | null; decided_why?: string | null;
  ended_by?: string | null; ended_at?: Moment | null; ended_why?: string | null; may_approve: boolean;
}
export interface PlateAlert {
  alert_id: string; entry_id: string; plate: string; reason: string; keeper: string; site: string; node: string; camera: string; passage_id: string; at: Moment;
  still_read: boolean; seen_by?: string | null; seen_at?: Moment | null;
}
export interface AllowedNote { entry_id: string; keeper: string; reason: string; expires_at: Moment }
export interface WithAllowed { allowed: AllowedNote[] }

export interface Planned {
  '/api/v1/plate-lists': On<Op<Page<ListEntry>, never, never, { kind?: ListKind; state?: string; cursor?: string }>, Op<ListEntry, { kind: ListKind; plate: string; sites: string[]; keeper: string; reason: string; expires_at: string }>>;
  '/api/v1/plate-lists/{id}/approve': On<never, Op<ListEntry, Record<string, never>, Id>>;
  '/api/v1/plate-lists/{id}/refuse': On<never, Op<ListEntry, { reason: string }, Id>>;
  '/api/v1/plate-lists/{id}/withdraw': On<never, Op<ListEntry, { reason: string }, Id>>;
  '/api/v1/plate-alerts': On<Op<Page<PlateAlert>>>;
  '/api/v1/plate-alerts/{id}/seen': On<never, Op<PlateAlert, Record<string, never>, Id>>;
  /** What a case carries besides. */
  '/api/v1/suspicions/{id}': { get: { responses: { 200: { content: { 'application/json': WithAllowed } } } } };
}
