/**
 * The one table of what can go wrong: every code that an API answer, a closed relay, a page or the audit trail may carry.
 *
 * `support` is what a person reads out on the phone and never changes; `http` is the status of a problem document
 * (RFC 9457); `guacamole` is the status a relay closes with (Guacamole protocol reference, "status codes"), where the
 * code can end or refuse a relay. The text in each language stands in the web client's and the gateway's catalogues
 * under the code's own name.
 */
export const CODES = {
  // 10xx: the request itself
  'request-invalid': { support: 'SEK-1001', http: 400, guacamole: 768 },
  'request-too-large': { support: 'SEK-1002', http: 413 },
  'request-not-json': { support: 'SEK-1003', http: 415 },
  'request-foreign-origin': { support: 'SEK-1004', http: 403, guacamole: 771 },
  'not-found': { support: 'SEK-1005', http: 404, guacamole: 516 },
  'method-not-allowed': { support: 'SEK-1006', http: 405 },
  'internal-error': { support: 'SEK-1007', http: 500, guacamole: 512 },
  'service-unavailable': { support: 'SEK-1008', http: 503, guacamole: 513 },
  'conflict': { support: 'SEK-1009', http: 409 },

  // 11xx: sign-in
  'sign-in-required': { support: 'SEK-1101', http: 401, guacamole: 769 },
  'sign-in-incomplete': { support: 'SEK-1102', http: 401, guacamole: 769 },
  'credentials-wrong': { support: 'SEK-1103', http: 401 },
  'one-time-code-wrong': { support: 'SEK-1104', http: 401 },
  'one-time-code-used': { support: 'SEK-1105', http: 401 },
  'too-many-attempts': { support: 'SEK-1106', http: 429 },
  'invitation-invalid': { support: 'SEK-1107', http: 410 },
  'password-unsuitable': { support: 'SEK-1108', http: 422 },
  'enrolment-not-open': { support: 'SEK-1109', http: 409 },
  'forbidden': { support: 'SEK-1110', http: 403, guacamole: 771 },

  // 1521 on: second factors
  'recovery-code-wrong': { support: 'SEK-1521', http: 401 },
  'recovery-code-used': { support: 'SEK-1522', http: 401 },
  'one-time-code-clock-untrusted': { support: 'SEK-1523', http: 503 },
  'one-time-code-clock-drift': { support: 'SEK-1524', http: 401 },
  're-proof-required': { support: 'SEK-1525', http: 403 },
  'authenticators-full': { support: 'SEK-1526', http: 409 },
  'last-factor': { support: 'SEK-1527', http: 409 },
  'passkey-refused': { support: 'SEK-1528', http: 401 },
  'passkey-challenge-over': { support: 'SEK-1529', http: 409 },
  'passkeys-not-offered': { support: 'SEK-1530', http: 403 },
  'passkeys-full': { support: 'SEK-1531', http: 409 },

  // 12xx: admission; each is also a reason of a decision
  'account-disabled': { support: 'SEK-1201', http: 403, guacamole: 771 },
  'desktop-unknown': { support: 'SEK-1202', http: 403 },
  'desktop-disabled': { support: 'SEK-1203', http: 403, guacamole: 771 },
  'desktop-not-assigned': { support: 'SEK-1204', http: 403, guacamole: 771 },
  'duty-not-held': { support: 'SEK-1205', http: 403, guacamole: 771 },
  'site-unknown': { support: 'SEK-1206', http: 403 },
  'zone-forbidden-at-site': { support: 'SEK-1207', http: 403 },
  'registered-device-required': { support: 'SEK-1208', http: 403 },
  'exception-required': { support: 'SEK-1209', http: 403 },
  'desktop-in-use': { support: 'SEK-1210', http: 403 },
  'no-seat-free': { support: 'SEK-1211', http: 403 },
  'policy-missing': { support: 'SEK-1212', http: 403 },
  'desktop-credentials-required': { support: 'SEK-1213', http: 422 },
  'level-too-low': { support: 'SEK-1214', http: 403, guacamole: 771 },
  'class-suspended': { support: 'SEK-1215', http: 403, guacamole: 771 },
  'duty-not-at-site': { support: 'SEK-1216', http: 403, guacamole: 771 },
  'residual-session': { support: 'SEK-1217', http: 403, guacamole: 771 },
  'seats-reserved': { support: 'SEK-1218', http: 403 },
  'pool-unsuitable': { support: 'SEK-1219', http: 403, guacamole: 771 },
  'pool-exhausted': { support: 'SEK-1220', http: 403 },
  'entry-stopped': { support: 'SEK-1221', http: 403, guacamole: 771 },
  'role-not-held': { support: 'SEK-1222', http: 403, guacamole: 771 },
  'duty-change-ends-session': { support: 'SEK-1223', http: 409 },
  'floors-of-others': { support: 'SEK-1224', http: 403 },
  'class-not-due': { support: 'SEK-1225', http: 403 },
  'others-before': { support: 'SEK-1226', http: 403 },
  'waiting-elsewhere': { support: 'SEK-1227', http: 409 },
  'duty-not-teleworkable': { support: 'SEK-1228', http: 403, guacamole: 771 },
  'acknowledgement-required': { support: 'SEK-1229', http: 403 },
  'outside-hours': { support: 'SEK-1230', http: 403, guacamole: 771 },
  'telework-days-used': { support: 'SEK-1231', http: 403 },
  'delegation-not-allowed': { support: 'SEK-1232', http: 403, guacamole: 771 },
  'delegation-not-for-zone': { support: 'SEK-1233', http: 403, guacamole: 771 },

  // 13xx: leases and the relay
  'lease-unknown': { support: 'SEK-1301', http: 404, guacamole: 516 },
  'lease-ended': { support: 'SEK-1302', http: 410, guacamole: 523 },
  'lease-in-use': { support: 'SEK-1303', http: 409, guacamole: 521 },
  'lease-expired': { support: 'SEK-1304', http: 410, guacamole: 522 },
  'desktop-unreachable': { support: 'SEK-1305', http: 503, guacamole: 519 },
  'guacd-unreachable': { support: 'SEK-1306', http: 503, guacamole: 514 },
  'desktop-log-in-failed': { support: 'SEK-1307', http: 403, guacamole: 769 },
  'ended-by-officer': { support: 'SEK-1308', http: 410, guacamole: 523 },
  'preempted': { support: 'SEK-1309', http: 410, guacamole: 523 },
  'not-extendable': { support: 'SEK-1310', http: 409 },
  'wait-unknown': { support: 'SEK-1311', http: 404 },

  // 14xx: administration
  'step-up-required': { support: 'SEK-1401', http: 403 },
  'own-proposal': { support: 'SEK-1402', http: 403 },
  'proposal-closed': { support: 'SEK-1403', http: 409 },
  'level-not-tighter': { support: 'SEK-1404', http: 409 },
  'level-unchanged': { support: 'SEK-1405', http: 409 },
  'roles-incompatible': { support: 'SEK-1406', http: 409 },
  'last-administrator': { support: 'SEK-1407', http: 409 },
  'import-has-errors': { support: 'SEK-1408', http: 422 },
  'import-out-of-date': { support: 'SEK-1409', http: 409 },
  'drill-running': { support: 'SEK-1431', http: 409 },
  'drill-over': { support: 'SEK-1432', http: 409 },
  'rules-changed': { support: 'SEK-1421', http: 409 },
  'span-too-long': { support: 'SEK-1422', http: 409 },
  'account-term-over': { support: 'SEK-1423', http: 409 },

  // 1411 on: succession, exceptions, the clock
  'deputy-cannot': { support: 'SEK-1411', http: 403 },
  'deputy-not-next': { support: 'SEK-1412', http: 409 },
  'deputyship-over': { support: 'SEK-1413', http: 409 },
  'clock-untrusted': { support: 'SEK-1414', http: 503 },
  'exception-closed': { support: 'SEK-1415', http: 409 },
  'exception-ended': { support: 'SEK-1416', http: 410, guacamole: 523 },
  'class-not-back-yet': { support: 'SEK-1417', http: 403 },
  'succession-unsuitable': { support: 'SEK-1418', http: 422 },
  'own-exception': { support: 'SEK-1419', http: 403 },

  // 1501 on: identity providers
  'provider-unknown': { support: 'SEK-1501', http: 404 },
  'provider-unavailable': { support: 'SEK-1502', http: 503 },
  'provider-required': { support: 'SEK-1503', http: 403 },
  'provider-down-for-class': { support: 'SEK-1504', http: 403 },
  'provider-sign-in-over': { support: 'SEK-1505', http: 401 },
  'provider-state-wrong': { support: 'SEK-1506', http: 401 },
  'provider-issuer-wrong': { support: 'SEK-1507', http: 401 },
  'provider-declined': { support: 'SEK-1508', http: 401 },
  'provider-code-refused': { support: 'SEK-1509', http: 401 },
  'provider-token-refused': { support: 'SEK-1510', http: 401 },
  'provider-account-unknown': { support: 'SEK-1511', http: 403 },
  'provider-claims-missing': { support: 'SEK-1512', http: 403 },
  'provider-second-factor': { support: 'SEK-1513', http: 409 },
  'logout-token-invalid': { support: 'SEK-1514', http: 400 },
  'provider-name-taken': { support: 'SEK-1515', http: 409 },
  'role-by-provider': { support: 'SEK-1516', http: 409 },

  // 1541 on: the shelter bypass; the three of admission are also reasons of a decision
  'bypass-code-wrong': { support: 'SEK-1541', http: 401 },
  'bypass-closed': { support: 'SEK-1542', http: 409 },
  'own-bypass': { support: 'SEK-1543', http: 403 },
  'bypass-not-now': { support: 'SEK-1544', http: 403 },
  'bypass-limit-reached': { support: 'SEK-1545', http: 409 },
  'bypass-not-at-site': { support: 'SEK-1546', http: 403 },
  'bypass-may-not': { support: 'SEK-1547', http: 403 },
  'bypass-not-for-class': { support: 'SEK-1548', http: 403, guacamole: 771 },
  'bypass-one-session': { support: 'SEK-1549', http: 403 },
  'bypass-unsuitable': { support: 'SEK-1550', http: 422 },

  // 1551 on: registered devices
  'device-proof-wrong': { support: 'SEK-1551', http: 403, guacamole: 771 },
  'own-device': { support: 'SEK-1552', http: 403 },
  'device-closed': { support: 'SEK-1553', http: 409 },
  'device-limit-reached': { support: 'SEK-1554', http: 409 },
  'device-revoked': { support: 'SEK-1555', http: 410, guacamole: 523 },
  'devices-not-allowed': { support: 'SEK-1556', http: 403 },

  // 1561 on: sign-ins and their throttling
  'sign-in-busy': { support: 'SEK-1561', http: 503 },
} as const satisfies Record<string, CodeEntry>;

export type CodeEntry = { readonly support: `SEK-${number}`; readonly http: number; readonly guacamole?: number };
export type Code = keyof typeof CODES;
