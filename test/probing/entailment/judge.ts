import type { Claim } from '../../../src/probing/entailment/claims.ts';
import type { Scene } from '../../../src/probing/entailment/scene.ts';
import type { Figure } from '../../../src/probing/entailment/words/figures.ts';
import { figures } from '../../../src/probing/entailment/words/figures.ts';

/** What is known of a claim, given a scene: it holds, it cannot hold, or neither is told. */
export type Verdict = 'holds' | 'fails' | 'open';

const crowdFrom = 5;

/** The label that a person who reasons from the facts alone would give; knows nothing of templates. */
export function labelOf(scene: Scene, claims: readonly Claim[]): 'entailment' | 'neutral' | 'contradiction' {
  const verdicts = claims.map((claim) => judge(scene, claim));
  if (verdicts.includes('fails')) return 'contradiction';
  return verdicts.every((verdict) => verdict === 'holds') ? 'entailment' : 'neutral';
}

function judge(scene: Scene, claim: Claim): Verdict {
  switch (claim.kind) {
    case 'unknown':
      return 'open';
    case 'not':
      return opposite(judge(scene, claim.of));
    case 'nobody':
      return opposite(judge(scene, claim.of));
    case 'empty':
      return scene.count === 0 ? 'holds' : 'fails';
    case 'alone':
      return scene.count !== 1 ? 'fails' : scene.lone ? 'holds' : 'open';
    case 'figure':
      return judgeFigure(scene, claim.word, claim.count);
    case 'age':
      return compare(scene.age, claim.age);
    case 'fur':
      return compare(scene.fur, claim.fur);
    case 'worn':
      if (scene.worn?.garment.one !== claim.garment.one) return 'open';
      return claim.color === null ? 'holds' : compare(scene.worn.color, claim.color);
    case 'place':
      return judgePlace(scene, claim.place);
    case 'time':
      if (scene.time?.phrase === claim.time.phrase) return 'holds';
      return scene.time && exclude(scene.time.uses, claim.time.uses) ? 'fails' : 'open';
    case 'deed':
      if (!scene.deed) return 'fails';
      if (scene.deed.phrase === claim.deed.phrase || scene.deed.general.includes(claim.deed.phrase)) return 'holds';
      if (claim.deed.phrase === 'sleep' && scene.deed.uses['mind'] === 'asleep') return 'holds';
      return exclude(scene.deed.uses, claim.deed.uses) ? 'fails' : 'open';
  }
}

function opposite(verdict: Verdict): Verdict {
  return verdict === 'holds' ? 'fails' : verdict === 'fails' ? 'holds' : 'open';
}

function compare(told: string | null, claimed: string): Verdict {
  return told === null ? 'open' : told === claimed ? 'holds' : 'fails';
}

function judgeFigure(scene: Scene, word: Figure | string, count: number | null): Verdict {
  if (scene.count === 0) return 'fails';
  const name = typeof word === 'string' ? word : word.one;
  const kind = typeof word === 'string' ? figures.find(({ one }) => one === word) : word;
  const verdicts = scene.figures.map((figure): Verdict => {
    if (figure.one === name || figure.general.includes(name)) return 'holds';
    if (!kind) return figure.species === name ? 'holds' : 'fails';
    if (figure.species !== kind.species) return 'fails';
    if (figure.species === 'animal') return kind.general.includes(figure.one) ? 'open' : 'fails';
    const apart = (a: string | null, b: string | null) => a !== null && b !== null && a !== b;
    return apart(figure.gender, kind.gender) || apart(figure.age, kind.age) ? 'fails' : 'open';
  });
  const found: Verdict = verdicts.includes('holds') ? 'holds' : verdicts.includes('open') ? 'open' : 'fails';
  if (count === null || found === 'fails') return found;
  if (scene.count > crowdFrom && count >= 3 && count <= crowdFrom) return 'open';
  return scene.count === count ? found : 'fails';
}

function judgePlace({ place }: Scene, claimed: Extract<Claim, { kind: 'place' }>['place']): Verdict {
  if (place === null) return 'open';
  if (typeof claimed !== 'string') {
    if (place.phrase === claimed.phrase) return 'holds';
    return place.area === claimed.area ? 'open' : 'fails';
  }
  if (place.general.includes(claimed)) return 'holds';
  const site = { outside: 'outdoors', outdoors: 'outdoors', inside: 'indoors', indoors: 'indoors' }[claimed];
  return site && place.site && place.site !== site ? 'fails' : 'open';
}

/** True where both take the same thing in ways of which neither is a case of the other. */
function exclude(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  return Object.entries(one).some(([thing, way]) => {
    if (!(thing in other)) return false;
    const [a, b] = [way.split('/'), other[thing].split('/')];
    return a.slice(0, Math.min(a.length, b.length)).some((part, at) => part !== b[at]);
  });
}
