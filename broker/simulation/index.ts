export { chartOf, type Compared } from './chart.ts';
export { reportOf, type DutyReport, type Report } from './report.ts';
export { ScenarioDocument, type Scenario } from './scenario.ts';
export type { Request } from './requests.ts';
export { liveThrough, simulate, type Day } from './simulate.ts';
