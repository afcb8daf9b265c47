/// Which members there are, and what they tell each other without waiting for the log: the newest
/// rows, signals, presence. The only room that knows Hazelcast. All of it may be lost, late or
/// doubled; the log is right.
@NullMarked
package io.tributary.host.cluster;

import org.jspecify.annotations.NullMarked;
