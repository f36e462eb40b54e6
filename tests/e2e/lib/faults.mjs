/**
 * The faults that a browser test makes, and what was promised for each. Tests say what they saw by `t.saw('fault 4', …)`;
 * tools/faults-table.mjs makes the table in docs/faults.md of it. Numbers are those of the laboratory's rows, which has
 * those that need a network.
 */

/** @typedef {{ cell: string, fault: string, promised: string }} Fault */

/** What was seen once may be luck: a line needs so many runs, unless its test says why fewer are enough. */
const RUNS_OF_A_LINE = 5;

/** @param {import('./cells.mjs').Behind | undefined} test the one behind a line */
export const runsNeeded = (test) => test?.fewer?.runs ?? RUNS_OF_A_LINE;

/** In the order of the table; a cell is "fault 10 tabs": the number, and which of several. @type {Fault[]} */
export const FAULTS = [
  ['3', 'a socket falls while it rings', 'the call rings on and can be answered'],
  ['4', 'the answer is lost', 'it is said again, once, and the call connects'],
  ['5', 'everything comes twice', 'one ring, one connection, one end'],
  ['6', 'the hang-up is there before the offer', 'it never rings; the next call does'],
  ['7', 'an offer was on its way for 58 s', 'it does not ring, and is told as missed, once; the next call rings'],
  ['8', 'both call at the same moment', 'one call, and nobody is rung'],
  ['9', 'a third person calls', 'the call does not notice, the third hears "busy"'],
  ['10 accepted', 'two tabs ring, one accepts', 'the other is quiet within a second'],
  ['10 declined', 'two tabs ring, one declines', 'the other is quiet within a second, the caller is told'],
  ['10 devices', 'two devices ring, one accepts', 'the other says "answered on another device" within a second'],
  ['11', 'the other closes the page', 'the end, with its reason, at once'],
  ['12 ringing', 'the page is frozen while it rings, and the caller gives up', 'thawed, it rings no more'],
  ['12 before', 'the page was frozen when somebody called', 'thawed, it rings and can be answered'],
  ['12 call', 'the page is frozen in a call for 5 s, then while the other hangs up', 'the call goes on; the end is there when the page is'],
  ['12 back', 'the page goes in a call and comes back by "back"', 'no call, nothing open, and it can be called'],
  ['24 denied', 'microphone and camera are denied', 'told what to do, nobody is rung; allowed, it works'],
  ['24 dismissed', "the browser's question is closed", 'told so, nobody is rung; the next press asks again'],
  ['24 revoked', 'the microphone is forbidden in a call', 'told apart from a pulled plug; nothing is opened until it is pressed'],
  ['25 camera', 'no camera', 'the call goes on with sound, and says why'],
  ['25 microphone', 'the last microphone is pulled', 'both are told; plugging one in is enough'],
  ['25 busy', 'another program uses the camera', 'the call goes on with sound, and says why'],
  ['25 unplugged', 'the microphone is pulled', 'the next one is opened and named, without an offer'],
  ['25 muted', 'the system mutes microphone and camera', 'said on both sides, and over when it is over'],
  ['26', 'what is shared goes away', 'the sharing ends on both sides; camera and call go on'],
  ['27', 'the browser refuses to play sound', '"Tap to hear"; any press or key plays it'],
  ['28 first', 'the browser refuses the offer that is accepted', 'the end with a message, everything released'],
  ['28 lines', 'an offer with other lines than before, inside the call', 'taken back, one new connection, the call goes on'],
  ['28 lost', 'an answer inside the call is lost for so long that its offer is taken back', 'the camera is there all the same'],
  ['28 codec', 'no codec for pictures in common', 'the call goes on with sound'],
  ['29', 'another certificate inside a connection', 'refused, told to the page, and the call goes on'],
  ['30', 'the two clocks are a day apart', 'each can call the other; a missed call is as old as it is'],
  ['31', 'the server loses every second message', 'the call connects, muting and the end arrive'],
  ['32 none', 'no WebGL', 'the buttons are the interface, and the call works'],
  ['32 lost', 'WebGL is lost in a call', 'the buttons still work'],
  ['32 policy', 'a policy forbids WebAssembly', 'a clear message, and the page lives'],
  ['33', 'the module aborts in a call', 'the other side is told at once, devices are released, the next call works'],
  ['34', '200 calls in a row', 'heaps flat, nothing left open'],
].map(([row, fault, promised]) => ({ cell: `fault ${row}`, fault, promised }));
