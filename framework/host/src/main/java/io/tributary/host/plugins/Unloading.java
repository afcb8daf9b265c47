package io.tributary.host.plugins;

/// The end of one version's class loader.
///
/// @param threads those that the plugin has started itself
record Unloading(
        ArtifactLoader manager,
        VerifiedLoader loader,
        LoaderWatch watch,
        LoaderWatch.Trace trace,
        OwnThreads threads)
        implements AutoCloseable {

    /// Interrupts what still runs, closes the loader, and takes out of the JDK's own lists what
    /// points to it.
    @Override
    public void close() {
        threads.close();
        manager.close();
        JdkLists.forget(loader);
        watch.left(trace);
    }
}
