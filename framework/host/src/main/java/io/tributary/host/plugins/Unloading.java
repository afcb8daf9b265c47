package io.tributary.host.plugins;

import io.tributary.model.PluginVersion;

/// The end of one version's class loader.
///
/// @param threads those that the plugin has started itself
record Unloading(
        PluginVersion plugin,
        ArtifactLoader manager,
        VerifiedLoader loader,
        LoaderWatch watch,
        LoaderWatch.Trace trace,
        OwnThreads threads)
        implements AutoCloseable {

    /// Interrupts what still runs, closes the loader, and takes out of the JDK's own lists what
    /// points to it. Whatever the plugin does against that, it ends, and the loader is expected to
    /// be collected from now on.
    @Override
    public void close() {
        try {
            threads.close();
            Aside.run(plugin, "interrupting its own threads", threads::interrupt);
            manager.close();
            Aside.run(
                    plugin,
                    "taking it out of the lists of the JDK",
                    () -> JdkLists.forget(plugin, loader));
        } finally {
            watch.left(trace);
        }
    }
}
