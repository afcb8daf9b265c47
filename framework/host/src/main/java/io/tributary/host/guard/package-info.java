/// What keeps a plugin's code away from what belongs to the whole process: its end, its streams,
/// its defaults. A guard rail against mistakes, no wall against malice.
@NullMarked
package io.tributary.host.guard;

import org.jspecify.annotations.NullMarked;
