// Thiết bị: cameras and nodes on one page, what is wrong first; and one camera in full.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client';
import type { CameraView, NodeView } from '../../api/types';
import { useLiveEvents } from '../../app/live';
import { addWords, type Key, useText } from '../../i18n';
import { devices } from '../../i18n/words/devices';
import { numberText } from '../../text/number';
import { clockText, momentText } from '../../text/time';
import { Empty, Failed, Loading, Notice } from '../../ui/States';
import { CameraDetail } from './CameraDetail';
import './devices.css';
import { useMillis } from './figures';
import { History } from './History';
import { CameraState, useStateWord } from './StateOf';
import { figure, missingEvents, saidBy, softwareOf, todoOf, worstFirst } from './trouble';

addWords('devices', devices);

/** A camera that went dark shows within 10 s of being told; the live feed tells at once, this is for what it lost. */
const EVERY_MS = 15_000;
const TABS = ['now', 'history'] as const;
const keyOf = (camera: CameraView) => `${camera.site}/${camera.node}/${camera.camera}`;

export default function DevicesScreen() {
  const { t } = useText();
  const queries = useQueryClient();
  const [tab, setTab] = useState<(typeof TABS)[number]>('now');
  const [opened, setOpened] = useState<string | null>(null);
  const cameras = useQuery({ queryKey: ['cameras'], queryFn: ({ signal }) => api.call('get', '/api/v1/cameras', { signal }), refetchInterval: EVERY_MS });
  const nodes = useQuery({ queryKey: ['nodes'], queryFn: ({ signal }) => api.call('get', '/api/v1/nodes', { signal }), refetchInterval: EVERY_MS });
  // Every camera reports once a minute: a report in 130 is a request every half second at most, and none while one is on its way.
  useLiveEvents(['camera', 'resync'], () => void queries.invalidateQueries({ queryKey: ['cameras'] }, { cancelRefetch: false }));
  if (cameras.isPending || nodes.isPending) return <Loading />;
  if (!cameras.data) return <Failed error={cameras.error} retry={() => void cameras.refetch()} />;
  if (!nodes.data) return <Failed error={nodes.error} retry={() => void nodes.refetch()} />;
  const list = worstFirst(cameras.data.items);
  const bad = list.filter((camera) => todoOf(camera) !== null).length;
  const failed = cameras.error ?? nodes.error;
  const one = list.find((camera) => keyOf(camera) === opened);
  if (one) return <CameraDetail key={keyOf(one)} camera={one} back={() => setOpened(null)} />;
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('devices.title')}</h1>
        <fieldset className="segments">
          <legend className="visually-hidden">{t('devices.tab.label')}</legend>
          {TABS.map((each) => <button key={each} type="button" data-tab={each} aria-pressed={each === tab} onClick={() => setTab(each)}>{t(`devices.tab.${each}`)}</button>)}
        </fieldset>
        <p className="hint">{t('devices.updated', { at: clockText(cameras.dataUpdatedAt) })}</p>
      </div>
      {failed && <Failed error={failed} />}
      {bad > 0 && <Notice tone="bad" alert>{t('devices.trouble', { count: numberText(bad) })}</Notice>}
      {bad === 0 && list.length > 0 && <Notice tone="good">{t('devices.allWell', { count: numberText(list.length) })}</Notice>}
      {tab === 'history' ? <History /> : (
        <>
          <section>
            <h2>{t('devices.cameras')}</h2>
            {list.length === 0 ? <Empty>{t('devices.noCameras')}</Empty> : <Cameras list={list} nodes={nodes.data.items} open={(camera) => setOpened(keyOf(camera))} />}
          </section>
          <section>
            <h2>{t('devices.nodes')}</h2>
            {nodes.data.items.length === 0 ? <Empty>{t('devices.noNodes')}</Empty> : <Nodes list={nodes.data.items} />}
          </section>
        </>
      )}
    </div>
  );
}

function Cameras({ list, nodes, open }: { list: CameraView[]; nodes: NodeView[]; open: (camera: CameraView) => void }) {
  const { t } = useText();
  const clocks = new Map(nodes.map((node) => [`${node.site}/${node.node}`, saidBy(node.birth).clocks]));
  return (
    <div className="sheet">
      <table className="table">
        <thead>
          <tr>
            <th>{t('shell.word.camera')}</th><th>{t('devices.state')}</th><th>{t('devices.what')}</th>
            <th className="number">{t('devices.frames')}</th><th className="number">{t('devices.lag')}</th><th className="number">{t('devices.clock')}</th><th className="number">{t('devices.reconnects')}</th>
          </tr>
        </thead>
        <tbody>{list.map((camera) => <Camera key={keyOf(camera)} camera={camera} clock={clocks.get(`${camera.site}/${camera.node}`)?.get(camera.camera)} open={open} />)}</tbody>
      </table>
    </div>
  );
}

function Camera({ camera, clock, open }: { camera: CameraView; clock: string | undefined; open: (camera: CameraView) => void }) {
  const { t } = useText();
  const millis = useMillis();
  const todo = todoOf(camera);
  const value = (name: string) => {
    const found = camera.state === 'online' ? figure(camera.stream, name) : null;
    return found === null ? '–' : numberText(found);
  };
  return (
    <tr className={todo ? 'device-bad' : undefined}>
      <td><button type="button" className="device-open" data-camera={camera.camera} onClick={() => open(camera)}>{camera.camera}</button><br /><span className="hint">{camera.site} / {camera.node}</span></td>
      <td><CameraState camera={camera} /><br /><span className="hint">{t('devices.sinceOf', { at: momentText(camera.since.utc) })}</span></td>
      <td className="device-what">{todo && <p>{t(`devices.todo.${todo}`)}</p>}{camera.reason !== '' && <p className="hint">{t('devices.reason')}: {camera.reason}</p>}</td>
      <td className="number">{value('fps')}</td>
      <td className="number">{millis(figure(camera, 'lag_ms'))}</td>
      <td className="number">{millis(figure(camera, 'clock_error_ms'))}{clock !== undefined && <><br /><span className="hint">{clock in devices.clockSource ? t(`devices.clockSource.${clock}` as Key) : clock}</span></>}</td>
      <td className="number">{value('reconnects')}</td>
    </tr>
  );
}

function Nodes({ list }: { list: NodeView[] }) {
  const { t } = useText();
  return (
    <div className="sheet">
      <table className="table">
        <thead>
          <tr><th>{t('devices.nodes')}</th><th>{t('devices.state')}</th><th>{t('devices.software')}</th><th>{t('devices.bundles')}</th><th>{t('devices.ledger')}</th><th>{t('devices.wrong')}</th></tr>
        </thead>
        <tbody>{list.map((node) => <Node key={`${node.site}/${node.node}`} node={node} />)}</tbody>
      </table>
    </div>
  );
}

function Node({ node }: { node: NodeView }) {
  const { t } = useText();
  const say = useStateWord();
  const missing = missingEvents(node);
  const heard = node.ledgers[0]?.last_heard_at;
  const said = saidBy(node.birth);
  const queued = figure(node, 'queued') ?? said.queued;
  const kinds = [...new Set([...node.bundles_published.map((each) => each.kind), ...said.revisions.map((each) => each.kind)])];
  const wrong = [...said.wrong, ...node.quarantined.map((each) => t('devices.quarantined', { count: numberText(each.messages), reason: each.reason }))];
  return (
    <tr className={node.state === 'online' ? undefined : 'device-bad'}>
      <td><strong>{node.node}</strong><br /><span className="hint">{node.site}</span></td>
      <td>
        <span className={`device device-${node.state === 'online' ? 'online' : 'trouble'}`}>{say(node.state)}</span>
        {node.since && <><br /><span className="hint">{t('devices.sinceOf', { at: momentText(node.since.utc) })}</span></>}
        {heard && <><br /><span className="hint">{t('devices.lastHeard')}: {momentText(heard.utc)}</span></>}
      </td>
      <td>
        {softwareOf(node.birth)}
        {said.models.length > 0 && <details><summary>{t('devices.models', { count: said.models.length })}</summary><ul className="plain">{said.models.map(({ role, name }) => <li key={role}>{role in devices.model ? t(`devices.model.${role}` as Key) : role}: {name}</li>)}</ul></details>}
      </td>
      <td>
        {kinds.map((kind) => {
          const [sent, has] = [node.bundles_published.find((each) => each.kind === kind)?.revision, said.revisions.find((each) => each.kind === kind)?.revision];
          const behind = sent !== undefined && (has ?? 0) < sent;
          return (
            <p key={kind} className={behind ? 'behind' : undefined}>
              {kind in devices.bundle ? t(`devices.bundle.${kind}` as Key) : kind} {numberText(has ?? sent ?? 0)}
              {behind && <span className="hint"> {has === undefined ? t('devices.notTaken') : t('devices.newer', { revision: sent })}</span>}
            </p>
          );
        })}
      </td>
      <td>
        <p>{missing > 0 ? <strong>{t('devices.gaps', { count: numberText(missing) })}</strong> : t('devices.noGaps')}</p>
        {queued !== null && <p className="hint">{t('devices.queued', { count: numberText(queued) })}</p>}
      </td>
      <td>
        {node.ledger_alarm && <p className="device-alarm">{t('devices.ledgerAlarm', { at: momentText(node.ledger_alarm.utc) })}</p>}
        {wrong.map((each) => <p key={each}>{each}</p>)}
        {node.state !== 'online' && node.state !== 'revoked' && <p>{t('devices.todo.unknown')}</p>}
        {node.state === 'online' && wrong.length === 0 && !node.ledger_alarm && <span className="hint">{t('devices.nothingWrong')}</span>}
      </td>
    </tr>
  );
}
