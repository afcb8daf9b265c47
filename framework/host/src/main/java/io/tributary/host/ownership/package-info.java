/// Which slots of accounts this member runs, of several that share the log: it says that it lives,
/// is told what is its own, and lets go of all of it before others may take it up.
@NullMarked
package io.tributary.host.ownership;

import org.jspecify.annotations.NullMarked;
