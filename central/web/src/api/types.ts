// Short names for the API's own types.
import type { components } from './schema';

type Schemas = components['schemas'];
export type Session = Schemas['SessionView'];
export type Role = Schemas['Role'];
export type Moment = Schemas['Moment'];
export type Gate = Schemas['GateView'];
export type Arrival = Schemas['ArrivalView'];
export type ArrivalDetail = Schemas['ArrivalDetail'];
export type GateDecision = Schemas['GateDecisionView'];
export type RefusalReason = Schemas['RefusalReason'];
export type OpenReason = Schemas['OpenReason'];
export type RollCall = Schemas['RollCall'];
export type Suspicion = Schemas['SuspicionView'];
export type SuspicionDetail = Schemas['SuspicionDetail'];
export type RejectionReason = Schemas['RejectionReason'];
export type Picture = Schemas['Picture'];
export type Counts = Schemas['Counts'];
export type LineCounts = Schemas['LineCounts'];
export type Bucket = Schemas['BucketView'];
export type NodeView = Schemas['NodeView'];
export type CameraView = Schemas['CameraView'];
export type Enrolment = Schemas['EnrolmentView'];
export type WatchEntry = Schemas['WatchView'];
export type Retention = Schemas['RetentionView'];
export type User = Schemas['UserView'];
export type Plate = Schemas['PlateView'];

export type VehiclePass = Schemas['PassView'];
