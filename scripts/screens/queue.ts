import type { Language } from '../../broker/port.ts';
import { busyBoard, offered, waitingPlace, yielding } from '../../test/support/web-double/queue.ts';
import { drillBoard, drillId, drillOver, drillUnderWay, partOf, runningDrill } from '../../test/support/web-double/drills.ts';
import { rulesOf } from '../../test/support/web-double/duties-scene.ts';
import { zoneException } from '../../test/support/web-double/succession.ts';
import { ids, leaseOn, officeScene, type Scene } from '../../test/support/web-double/scene.ts';
import { startWebPages } from '../../test/support/web-pages.ts';
import { shoot } from './shoot.ts';

type Way = { readonly name: string; readonly path: string; readonly shows: string; readonly prepare: (scene: Scene) => void };

const raised = (scene: Scene): void => {
  scene.user = { ...scene.user, may: [...scene.user.may, 'level.view'], level: { number: 3, level: '2', event: 'earthquake', reason: '震度6弱の地震により庁舎に入れない' } };
};
const inDrill = (scene: Scene): void => {
  scene.user = { ...scene.user, may: [...scene.user.may, 'level.view', 'drills.run'] };
  scene.drills = [drillUnderWay(), drillOver()];
  scene.drillBoard = drillBoard();
};
const asAdministrator = (scene: Scene): void => {
  raised(scene);
  scene.user = { ...scene.user, roles: ['staff', 'unit-head', 'bcp-admin'], may: [...scene.user.may, 'level.propose', 'level.approve', 'exceptions.view', 'exceptions.ask', 'exceptions.agree', 'exceptions.end', 'delegations.view', 'acknowledgements.view'] };
};
const WAYS: readonly Way[] = [
  { name: 'own-duties', path: '/duties', shows: '.duty-rules', prepare: (scene) => (scene.duties.own = { ...scene.duties.own, rules: rulesOf(), duties: scene.duties.own.duties.map((duty) => ({ ...duty, reasons: ['acknowledgement-required', ...duty.reasons] })) }) },
  { name: 'exceptions', path: '/administration/exceptions', shows: '.table', prepare: (scene) => (asAdministrator(scene), (scene.office.exceptions = [zoneException()])) },
  { name: 'delegations', path: '/administration/delegations', shows: '.table', prepare: asAdministrator },
  { name: 'acknowledgements', path: '/administration/acknowledgements', shows: '.table', prepare: asAdministrator },
  { name: 'waiting', path: '/waiting', shows: '.waiting-place', prepare: (scene) => (raised(scene), (scene.waiting = [waitingPlace()])) },
  { name: 'waiting-admitted', path: '/waiting', shows: '.waiting-offer', prepare: (scene) => ((scene.desktops = scene.desktops.map((desktop) => ({ ...desktop, credentials: 'ask' }))), (scene.waiting = [offered()])) },
  { name: 'session-yielding', path: `/session/${ids.openLease}`, shows: '.yield', prepare: (scene) => scene.leases.set(ids.openLease, yielding(leaseOn(ids.mapPc, '都市計画図 端末', ids.openLease))) },
  { name: 'board', path: '/administration/board', shows: '.seat-picture', prepare: (scene) => (raised(scene), (scene.board = busyBoard())) },
  { name: 'drill', path: '/drill', shows: '.drill-part', prepare: (scene) => (scene.drill = runningDrill(partOf())) },
  { name: 'drill-yielding', path: '/drill', shows: '.drill-part', prepare: (scene) => (scene.drill = runningDrill(partOf({ state: 'yielding', reasons: [], admittedAfter: 1_320, yieldsAt: new Date(Date.now() + 45_000).toISOString(), yieldsTo: '避難所の運営' }))) },
  { name: 'drills', path: '/administration/drills', shows: '.table', prepare: inDrill },
  { name: 'drill-board', path: `/administration/drills/${drillId}`, shows: '.seat-picture', prepare: inDrill },
  { name: 'drill-result', path: `/administration/drills/${drillOver().id}`, shows: '.drill-chart', prepare: inDrill },
];

/** The waiting room, a session that yields, the board, drills, duties and exceptions, on a day that a demonstration cannot bring about. */
export async function shootQueue(): Promise<void> {
  const pages = await startWebPages();
  for (const language of ['ja', 'en'] as const satisfies readonly Language[]) {
    for (const { name, path, shows, prepare } of WAYS) {
      const scene = officeScene();
      scene.user = { ...scene.user, language };
      prepare(scene);
      const { page } = await pages.open({ language, signedIn: true, scene });
      await page.goto(path);
      await page.locator(shows).first().waitFor();
      await page.waitForTimeout(800);
      await shoot(page, name, language);
      await page.context().close();
    }
  }
  await pages.close();
}
