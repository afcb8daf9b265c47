/// The log and every table beside it, and the SQL of them. The only room that knows JDBC.
///
/// Every write is a [io.tributary.host.journal.Unit] given to
/// [io.tributary.host.journal.Journal#append]; reads go through the small reader interfaces that
/// the journal hands out. Java decides from earlier reads, the journal checks what was expected.
@NullMarked
package io.tributary.host.journal;

import org.jspecify.annotations.NullMarked;
