// Every screen: its address, who sees it in the menu, and the code behind it, loaded when it is opened. The server decides
// what an account may do; this list only keeps from people what they could not use.
import { type ComponentType, lazy, type LazyExoticComponent } from 'react';
import type { Role } from '../api/types';

export type ScreenName = 'desk' | 'suspicions' | 'vehicles' | 'visitors' | 'devices' | 'people' | 'exports' | 'audit' | 'admin';

export interface Screen {
  name: ScreenName;
  path: `/${string}`;
  roles: readonly Role[];
  View: LazyExoticComponent<ComponentType>;
}

export const SCREENS: readonly Screen[] = [
  { name: 'desk', path: '/desk', roles: ['desk'], View: lazy(() => import('../features/desk/DeskScreen')) },
  { name: 'suspicions', path: '/suspicions', roles: ['traffic_officer', 'traffic_leader'], View: lazy(() => import('../features/suspicions/SuspicionsScreen')) },
  { name: 'vehicles', path: '/vehicles', roles: ['traffic_officer', 'traffic_leader', 'desk'], View: lazy(() => import('../features/vehicles/VehiclesScreen')) },
  { name: 'visitors', path: '/visitors', roles: ['tourism', 'desk', 'traffic_officer', 'traffic_leader'], View: lazy(() => import('../features/visitors/VisitorsScreen')) },
  { name: 'devices', path: '/devices', roles: ['operator', 'administrator'], View: lazy(() => import('../features/devices/DevicesScreen')) },
  { name: 'people', path: '/people', roles: ['registrar'], View: lazy(() => import('../features/people/PeopleScreen')) },
  { name: 'audit', path: '/audit', roles: ['auditor'], View: lazy(() => import('../features/audit/AuditScreen')) },
  { name: 'admin', path: '/admin', roles: ['administrator', 'auditor'], View: lazy(() => import('../features/admin/AdminScreen')) },
  { name: 'exports', path: '/exports', roles: ['traffic_leader', 'auditor'], View: lazy(() => import('../features/exports/ExportsScreen')) },
];

export function screensFor(roles: readonly Role[]): Screen[] {
  return SCREENS.filter((screen) => screen.roles.some((role) => roles.includes(role)));
}
