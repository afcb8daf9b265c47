package io.tributary.host.calls;

import java.lang.management.ManagementFactory;
import jdk.management.VirtualThreadSchedulerMXBean;

/// The threads of the operating system that carry all virtual threads. A call that spins keeps one
/// of them until the process ends.
final class Carriers {

    private Carriers() {}

    /// How many there are.
    static int count() {
        return ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class)
                .getParallelism();
    }
}
