/**
 * The five states of a target, and of anything else that goes well or not: filled circle (done), ring
 * (under way), triangle (look at it), square (wrong, late), dash (nothing yet).
 */
export type Tone = 'achieved' | 'on_track' | 'at_risk' | 'missed' | 'no_data';
