/// Tests of the journal. What every journal promises is in the `…Contract` classes, so that a
/// journal on another database is held to the same.
@NullMarked
package io.tributary.host.journal;

import org.jspecify.annotations.NullMarked;
