// Short names for the API's own types.
import type { components } from './schema';

type Schemas = components['schemas'];
export type Session = Schemas['SessionView'];
export type Role = Schemas['Role'];
export type Moment = Schemas['Moment'];
export type Gate = Schemas['GateView'];
export type Arrival = Schemas['ArrivalView'];
export type ArrivalDetail = Schemas['ArrivalDetail'];
export type Handover = Schemas['HandoverView'];
export type Verifying = Schemas['VerifyingView'];
export type GateDecision = Schemas['GateDecisionView'];
export type RefusalReason = Schemas['RefusalReason'];
export type OpenReason = Schemas['OpenReason'];
export type RollCall = Schemas['RollCall'];
export type Suspicion = Schemas['SuspicionView'];
export type SuspicionDetail = Schemas['SuspicionDetail'];
export type Law = Schemas['RuleView'];
export type Overview = Schemas['Overview'];
export type RejectedShare = Schemas['RejectedShare'];
export type FileFormat = Schemas['FileFormat'];
export type RejectionReason = Schemas['RejectionReason'];
export type Picture = Schemas['Picture'];
export type Counts = Schemas['Counts'];
export type LineCounts = Schemas['LineCounts'];
export type Bucket = Schemas['BucketView'];
export type VisitorPlace = Schemas['VisitorPlace'];
export type VisitorFigures = Schemas['VisitorFigures'];
export type GateSeries = Schemas['GateSeries'];
export type Figure = Schemas['FigureView'];
export type VisitorReport = Schemas['VisitorReport'];
export type NodeView = Schemas['NodeView'];
export type CameraView = Schemas['CameraView'];
export type Enrolment = Schemas['EnrolmentView'];
export type WatchEntry = Schemas['WatchView'];
export type Retention = Schemas['RetentionView'];
export type User = Schemas['UserView'];
export type Plate = Schemas['PlateView'];

export type PassSearch = Schemas['PassSearchRequest'];
export type VehiclePass = Schemas['PassView'];
export type Visit = Schemas['VisitView'];
export type Host = Schemas['VisitHostView'];
export type HostEntry = Schemas['HostView'];
export type Grant = Schemas['GrantView'];
export type ListEntry = Schemas['ListEntry'];
export type ListKind = Schemas['ListKind'];
export type PlateAlert = Schemas['PlateAlert'];
export type RetentionSetting = Schemas['SettingView'];
export type VisitBook = Schemas['VisitsBook'];
export type CameraLines = Schemas['CameraLines'];
export type UsedBy = CameraLines['lines'][number]['used_by'][number];
export type LinesPreview = Schemas['TriedLines'];
export type Outage = Schemas['OutageView'];
export type Outages = Schemas['OutagePage'];
/** Which camera, as addresses name it. */
export interface CameraPath { site: string; node: string; camera: string }
