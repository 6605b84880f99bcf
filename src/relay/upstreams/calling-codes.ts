/**
 * Countries by calling code (ITU-T E.164, ISO 3166-1 alpha-2): each row is a calling code without its last digit, and the
 * countries of the last digits 0 to 9; `--` is a code without a country. A code that several countries share stands for the
 * largest.
 */
const ROWS: Record<string, string> = {
  '2': 'EG -- -- -- -- -- -- ZA -- --',
  '3': 'GR NL BE FR ES -- HU -- -- IT',
  '4': 'RO CH -- AT GB DK SE NO PL DE',
  '5': '-- PE MX CU AR BR CL CO VE --',
  '6': 'MY AU ID PH NZ SG TH -- -- --',
  '8': '-- JP KR -- VN -- CN -- -- --',
  '9': 'TR IN PK AF LK MM -- -- IR --',
  '21': '-- SS MA DZ -- -- TN -- LY --',
  '22': 'GM SN MR ML GN CI BF NE TG BJ',
  '23': 'MU LR SL GH NG TD CF CM CV ST',
  '24': 'GQ GA CG CD AO GW IO SH SC SD',
  '25': 'RW ET SO DJ KE TZ UG BI MZ --',
  '26': 'ZM MG RE ZW NA MW LS BW SZ KM',
  '29': 'SH ER -- -- -- -- -- AW FO GL',
  '35': 'GI PT LU IE IS AL MT CY FI BG',
  '37': 'LT LV EE MD AM BY AD MC SM --',
  '38': 'UA RS ME XK -- HR SI BA -- MK',
  '42': 'CZ SK -- LI -- -- -- -- -- --',
  '50': 'FK BZ GT SV HN NI CR PA PM HT',
  '59': 'GP BO GY EC GF PY MQ SR UY CW',
  '67': 'TL -- NF BN NR PG TO SB VU FJ',
  '68': 'PW WF CK NU -- WS KI NC TV PF',
  '69': 'TK FM MH -- -- -- -- -- -- --',
  '85': 'KP -- HK MO -- KH LA -- -- --',
  '88': 'BD -- -- -- -- -- TW -- -- --',
  '96': 'MV LB JO SY IQ KW SA YE OM --',
  '97': 'PS AE IL BH QA BT MN NP -- --',
  '99': '-- -- TJ TM AZ GE KG -- UZ --',
};

export const COUNTRIES: ReadonlyMap<string, string> = new Map([
  ['1', 'US'],
  ['7', 'RU'],
  ...Object.entries(ROWS).flatMap(([start, row]) =>
    row
      .split(' ')
      .flatMap((country, digit): [string, string][] =>
        country === '--' ? [] : [[`${start}${digit}`, country]],
      ),
  ),
]);

/** Calling codes that countries share: how the national numbers of the smaller countries begin (ITU, NANPA 2026). */
export const AREAS: Record<string, Record<string, string>> = {
  '1': {
    CA:
      '204 226 236 249 250 257 263 289 306 343 354 365 367 368 382 387 403 416 418 428 431 437 438 450 460 468 474 506 514 519 537 ' +
      '548 568 579 581 584 587 604 613 639 647 672 683 705 709 742 753 778 780 782 807 819 825 867 873 879 902 905 942',
    BS: '242',
    BB: '246',
    AI: '264',
    AG: '268',
    VG: '284',
    VI: '340',
    KY: '345',
    BM: '441',
    GD: '473',
    TC: '649',
    JM: '658 876',
    MS: '664',
    MP: '670',
    GU: '671',
    AS: '684',
    SX: '721',
    LC: '758',
    DM: '767',
    VC: '784',
    PR: '787 939',
    DO: '809 829 849',
    TT: '868',
    KN: '869',
  },
  '7': { KZ: '6 7' },
  '39': { VA: '06698' },
  '44': { GG: '1481', JE: '1534', IM: '1624' },
  '262': { YT: '269 639' },
  '358': { AX: '18' },
  '599': { BQ: '3 4 7' },
};
