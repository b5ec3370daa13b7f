// Thiết bị: cameras and nodes on one page, what is wrong first.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { CameraView, NodeView } from '../../api/types';
import { useLiveEvents } from '../../app/live';
import { addWords, type Key, useText } from '../../i18n';
import { devices } from '../../i18n/words/devices';
import { numberText } from '../../text/number';
import { clockText, momentText } from '../../text/time';
import { Empty, Failed, Loading, Notice } from '../../ui/States';
import './devices.css';
import { figure, missingEvents, softwareOf, todoOf, viewTroubles, worstFirst } from './trouble';

addWords('devices', devices);

/** A camera that went dark shows within 10 s of being told; the live feed tells at once, this is for what it lost. */
const EVERY_MS = 15_000;

export default function DevicesScreen() {
  const { t } = useText();
  const queries = useQueryClient();
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
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('devices.title')}</h1>
        <p className="hint">{t('devices.updated', { at: clockText(cameras.dataUpdatedAt) })}</p>
      </div>
      {failed && <Failed error={failed} />}
      {bad > 0 && <Notice tone="bad" alert>{t('devices.trouble', { count: numberText(bad) })}</Notice>}
      {bad === 0 && list.length > 0 && <Notice tone="good">{t('devices.allWell', { count: numberText(list.length) })}</Notice>}
      <section>
        <h2>{t('devices.cameras')}</h2>
        {list.length === 0 ? <Empty>{t('devices.noCameras')}</Empty> : <Cameras list={list} />}
      </section>
      <section>
        <h2>{t('devices.nodes')}</h2>
        {nodes.data.items.length === 0 ? <Empty>{t('devices.noNodes')}</Empty> : <Nodes list={nodes.data.items} />}
      </section>
    </div>
  );
}

function useStateWord(): (state: string) => string {
  const { t } = useText();
  return (state) => t(`devices.is.${state in devices.is ? state : 'unknown'}` as Key);
}

function Cameras({ list }: { list: CameraView[] }) {
  const { t } = useText();
  return (
    <div className="sheet">
      <table className="table">
        <thead>
          <tr>
            <th>{t('shell.word.camera')}</th><th>{t('devices.state')}</th><th>{t('devices.reason')}</th><th>{t('devices.what')}</th>
            <th className="number">{t('devices.frames')}</th><th className="number">{t('devices.reconnects')}</th><th>{t('devices.since')}</th>
          </tr>
        </thead>
        <tbody>{list.map((camera) => <Camera key={`${camera.site}/${camera.node}/${camera.camera}`} camera={camera} />)}</tbody>
      </table>
    </div>
  );
}

function Camera({ camera }: { camera: CameraView }) {
  const { t } = useText();
  const say = useStateWord();
  const todo = todoOf(camera);
  const troubles = viewTroubles(camera.view).map((trouble) => t(`devices.view.${trouble}`));
  const value = (name: string) => {
    const found = camera.state === 'online' ? figure(camera.stream, name) : null;
    return found === null ? '–' : numberText(found);
  };
  return (
    <tr className={todo ? 'device-bad' : undefined}>
      <td><strong>{camera.camera}</strong><br /><span className="hint">{camera.site} / {camera.node}</span></td>
      <td><span className={`device device-${todo ? 'trouble' : camera.state}`}>{camera.state === 'online' && troubles.length > 0 ? troubles.join(', ') : say(camera.state)}</span></td>
      <td>{camera.reason}</td>
      <td>{todo && t(`devices.todo.${todo}`)}</td>
      <td className="number">{value('fps')}</td>
      <td className="number">{value('reconnects')}</td>
      <td>{momentText(camera.since.utc)}</td>
    </tr>
  );
}

function Nodes({ list }: { list: NodeView[] }) {
  const { t } = useText();
  const say = useStateWord();
  return (
    <div className="sheet">
      <table className="table">
        <thead>
          <tr><th>{t('devices.nodes')}</th><th>{t('devices.state')}</th><th>{t('devices.software')}</th><th>{t('devices.bundles')}</th><th>{t('devices.ledger')}</th><th>{t('devices.lastHeard')}</th></tr>
        </thead>
        <tbody>
          {list.map((node) => {
            const missing = missingEvents(node);
            const heard = node.ledgers[0]?.last_heard_at;
            return (
              <tr key={`${node.site}/${node.node}`} className={node.state === 'online' ? undefined : 'device-bad'}>
                <td><strong>{node.node}</strong><br /><span className="hint">{node.site}</span></td>
                <td>
                  <span className={`device device-${node.state === 'online' ? 'online' : 'trouble'}`}>{say(node.state)}</span>
                  {node.since && <><br /><span className="hint">{momentText(node.since.utc)}</span></>}
                  {node.ledger_alarm && <p className="device-alarm">{t('devices.ledgerAlarm', { at: momentText(node.ledger_alarm.utc) })}</p>}
                </td>
                <td>{softwareOf(node.birth)}</td>
                <td>{node.bundles_published.map((bundle) => `${bundle.kind} ${bundle.revision}`).join(', ')}</td>
                <td>
                  {missing > 0 ? <strong>{t('devices.gaps', { count: numberText(missing) })}</strong> : t('devices.noGaps')}
                  {node.quarantined.map((each) => <p key={each.reason}>{t('devices.quarantined', { count: numberText(each.messages), reason: each.reason })}</p>)}
                </td>
                <td>{heard ? momentText(heard.utc) : '–'}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
