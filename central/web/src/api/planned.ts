// Endpoints of devices, which the OpenAPI document does not name yet. Once it does its own types hold (`client.ts`), and this file goes:
// `CameraLines`, `OutageView`, `OutagePage` and `TriedLines` are the document's names for what stands here.
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
export interface CameraLines { revision: number; node_revision?: number | null; editable: boolean; why_not?: string | null; counts: string; lines: LineDrawn[]; zones: ZoneDrawn[] }
export interface LineSent { id: string; name: string; points: number[][] }
export interface LinesPreview { since?: Moment | null; until: Moment; tracks: number; lines: { id: string; in: number; out: number; doubtful: number }[] }
export interface Outage { site: string; node: string; camera?: string | null; kind: string; kind_text: string; words?: string | null; began_at: Moment; ended_at?: Moment | null }
export interface Outages { from: Moment; to: Moment; items: Outage[]; next?: string | null; availability: { site: string; node: string; camera?: string | null; share?: number | null }[] }

export interface Planned {
  '/api/v1/cameras/{site}/{node}/{camera}/still': On<never, Op<never, Record<string, never>, CameraPath>>;
  '/api/v1/cameras/{site}/{node}/{camera}/clear-still': On<never, Op<never, { purpose: string }, CameraPath>>;
  '/api/v1/cameras/{site}/{node}/{camera}/lines': On<Op<CameraLines, never, CameraPath>, never, Op<CameraLines, { revision: number; lines: LineSent[]; zones: { id: string; points: number[][] }[]; reason: string }, CameraPath>>;
  '/api/v1/cameras/{site}/{node}/{camera}/lines/preview': On<never, Op<LinesPreview, { lines: LineSent[] }, CameraPath>>;
  '/api/v1/devices/outages': On<Op<Outages, never, never, { site?: string; node?: string; camera?: string; from?: string; to?: string; cursor?: string }>>;
}

