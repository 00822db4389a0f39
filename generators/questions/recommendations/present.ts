import { bytes } from '../../bytes.ts';
import type { Contribution, Inline } from '../../content.ts';
import type { Place } from '../../evidence/common.ts';
import { atLeast, code, codes, enumerated, inline, withBackticks, withCode } from '../../inline.ts';
import { type Findings, kindOf } from './analyze.ts';
import type { Reason } from './finding.ts';
import type { Recommendation, Recommendations } from './schema.ts';

const shownInContext = 5;
/** Smaller sizes are not worth a mention. */
const minShownBytes = 1_000_000;

/** The findings as recommendations with their sentences. */
export function recommendationsOf({ takenOn, findings }: Findings): Recommendations {
  return {
    schemaVersion: 1,
    takenOn,
    recommendations: findings.map(
      ({ reason, subject, evidence, confidence, saves, change }): Recommendation => ({
        id: `${reason.rule.replaceAll(' ', '-')}:${subject}`,
        kind: kindOf[reason.rule],
        rule: reason.rule,
        text: `${withBackticks(sentence(reason, saves))}.`,
        evidence,
        confidence: Number(confidence.toFixed(2)),
        saves,
        unless: unless(reason),
        change,
      }),
    ),
  };
}

/** The first recommendations that a command can make; what is preferred is in another section. */
export function presentRecommendations({ recommendations }: Recommendations): Contribution {
  const items = recommendations.flatMap(({ kind, text, change }, index) =>
    change === null || kind === 'prefer'
      ? []
      : [{ content: inline`${withCode(text.slice(0, -1))}: ${code(change)}`, evidence: [`/recommendations/${index}`] }],
  );
  return {
    sections: [
      {
        id: 'recommendations',
        title: 'Recommended changes',
        place: 52,
        weight: 50,
        intro: ['Each command prints an edit with its proof; ask the user before you apply one.'],
        items: items.slice(0, shownInContext),
      },
    ],
  };
}

function sentence(reason: Reason, saves: number | null): Inline[] {
  switch (reason.rule) {
    case 'service is off': {
      const { command, service, failures } = reason;
      return inline`Enable ${service}: ${code(command)} needs it and fails (${atLeast(failures)} times)`;
    }
    case 'not in the group': {
      const { command, group, failures } = reason;
      return inline`Join group ${code(group)}, whose members may use the service as root: ${code(command)} fails without it (${atLeast(failures)} times)`;
    }
    case 'insecure': {
      const { package: name, why, place } = reason;
      return inline`Replace ${code(name)} (${at(place)}), which nixpkgs marks as insecure: ${why}`;
    }
    case 'option renamed':
      return inline`${code(reason.option)} (${at(reason.place)}) is now named ${code(reason.to)}`;
    case 'package renamed':
      return inline`${code(reason.package)} (${at(reason.place)}) is now named ${code(reason.to)}`;
    case 'fetched': {
      const { command, fetches, by } = reason;
      return inline`Declare ${code(command)}: fetched ${atLeast(fetches)} times with ${code(by)}`;
    }
    case 'installed by hand': {
      const { command, uses, from } = reason;
      return inline`Declare ${code(command)}: typed ${atLeast(uses)} times, and installed ${origin(from)}`;
    }
    case 'never typed':
      return neverTyped(reason, saves);
    case 'declared twice': {
      const { package: name, places, option } = reason;
      const [kept, redundant] = places.map(at);
      return option === null
        ? inline`${code(name)} is declared twice (${enumerated([kept ?? '', redundant ?? ''])})`
        : inline`${code(name)} (${redundant ?? ''}) is also installed by ${code(option)}`;
    }
    case 'needed by nothing': {
      const { package: name, of, removedOn, place } = reason;
      return inline`${code(name)} (${at(place)}) is there for ${code(of)}, which was removed on ${removedOn}`;
    }
    case 'dead alias': {
      const { alias, command, file, removedOn } = reason;
      const removed = removedOn === null ? '' : `, which was removed on ${removedOn}`;
      return inline`The alias ${code(alias)} (${code(file)}) runs ${code(command)}${removed}: the configuration does not install it`;
    }
    case 'unused input':
      return inline`Nothing in the flake names its input ${code(reason.input)} (${at(reason.place)})`;
    case 'preferred': {
      const { purpose, preferred, over, uses, otherUses } = reason;
      return inline`When ${purpose}, use ${code(preferred)} and not ${code(over)} (${uses} vs ${otherUses} uses)`;
    }
  }
}

function neverTyped(
  { package: id, since, installed, otherHosts }: Extract<Reason, { rule: 'never typed' }>,
  saves: number | null,
): Inline[] {
  const month = since.slice(0, 7);
  const size = saves !== null && saves >= minShownBytes ? `, frees ${bytes(saves)}` : '';
  const period = installed === null ? '' : ` (since ${month}${installed === 'by that day' ? ' or longer' : ''})`;
  const from = installed === null ? ` since ${month}` : '';
  const shared = otherHosts.length === 0 ? [] : inline`; ${codes(otherHosts)} may use it`;
  return inline`You have ${code(id)} installed${period} but never typed it${from}. Consider removing it${size}${shared}`;
}

function origin(from: Extract<Reason, { rule: 'installed by hand' }>['from']): Inline[] {
  switch (from) {
    case 'nix profile':
      return inline`with ${code('nix profile')} or ${code('nix-env')}`;
    case 'nix-shell':
    case 'nix run':
      return inline`with ${code(from)}`;
    case 'language installer':
      return ["by a language's package manager"];
    case 'home folder':
      return ['in a folder of the home'];
    case 'other folder':
      return ['in a folder outside of Nix'];
  }
}

/** What no evidence shows and would make the recommendation wrong. */
function unless({ rule }: Reason): string {
  switch (rule) {
    case 'never typed':
      return 'a program, a file outside of the .nix files, or a person on another machine runs it';
    case 'fetched':
    case 'installed by hand':
      return 'it is needed for a single project, or another version than that of nixpkgs is wanted';
    case 'service is off':
      return 'the command is meant for a service on another machine';
    case 'not in the group':
      return 'the user is not to have the rights of that group';
    case 'insecure':
      return 'this version is needed, and the vulnerability does not concern its use here';
    case 'option renamed':
    case 'package renamed':
      return 'the configuration is also evaluated with a nixpkgs that has only the old name';
    case 'declared twice':
      return 'the file is also used where the other declaration is not';
    case 'needed by nothing':
    case 'dead alias':
      return 'something that the configuration does not show provides or uses it';
    case 'unused input':
      return 'a function outside of the flake enumerates the inputs';
    case 'preferred':
      return 'the result of the other command is wanted: it differs in details';
  }
}

const at = ({ file, line }: Place): Inline => code(line === undefined ? file : `${file}:${line}`);
