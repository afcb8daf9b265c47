package io.tributary.host.plugins;

/// Has the JVM collect all that nothing holds, classes too.
interface Collector {

    /// Collects beside the work where the JVM is set so. What was made a short while ago may
    /// outlive that although nothing holds it.
    void ask();

    /// Collects while the whole process stands still: what outlives that is held.
    void insist();
}
