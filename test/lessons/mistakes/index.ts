import { startHere } from './00-start-here.js';
import { theConvolutionUnit } from './01-the-convolution-unit.js';
import { manyBranches } from './02-many-branches.js';
import { factorizingConvolutions } from './03-factorizing-convolutions.js';
import { theStem } from './04-the-inception-v4-stem.js';
import { inceptionA } from './05-inception-a.js';
import { reductionA } from './06-reduction-a.js';
import { inceptionB } from './07-inception-b.js';
import { reductionBAndInceptionC } from './08-reduction-b-and-inception-c.js';
import { inceptionV4 } from './09-inception-v4.js';
import { residualConnections } from './10-residual-connections.js';
import { inceptionResNets } from './11-inception-resnets.js';
import { regularizers } from './12-regularizers.js';
import { training } from './13-training.js';
import { doShortcutsHelp } from './14-do-shortcuts-help.js';
import { theDeath } from './15-the-death-above-1000-filters.js';
import { whatANetworkSees } from './16-what-a-network-sees.js';
import { evaluatingLikeThePaper } from './17-evaluating-like-the-paper.js';
import { yours } from './18-yours.js';
import type { Mistakes } from './mistake.js';

/** By the lessons' folders. */
export const mistakes: Readonly<Record<string, Mistakes>> = {
  '00-start-here': startHere,
  '01-the-convolution-unit': theConvolutionUnit,
  '02-many-branches': manyBranches,
  '03-factorizing-convolutions': factorizingConvolutions,
  '04-the-inception-v4-stem': theStem,
  '05-inception-a': inceptionA,
  '06-reduction-a': reductionA,
  '07-inception-b': inceptionB,
  '08-reduction-b-and-inception-c': reductionBAndInceptionC,
  '09-inception-v4': inceptionV4,
  '10-residual-connections': residualConnections,
  '11-inception-resnets': inceptionResNets,
  '12-regularizers': regularizers,
  '13-training': training,
  '14-do-shortcuts-help': doShortcutsHelp,
  '15-the-death-above-1000-filters': theDeath,
  '16-what-a-network-sees': whatANetworkSees,
  '17-evaluating-like-the-paper': evaluatingLikeThePaper,
  '18-yours': yours,
};
