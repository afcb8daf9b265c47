/// A cluster on one machine, to look at: PostgreSQL, three members of Tributary in processes of
/// their own, and a front that hands what comes round among them. It loads a channel that nobody
/// knows into the running cluster, kills a member, and restarts all of them, under traffic whose
/// every answer it counts.
@NullMarked
package io.tributary.samples.cluster;

import org.jspecify.annotations.NullMarked;
