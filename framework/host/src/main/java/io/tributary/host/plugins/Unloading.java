package io.tributary.host.plugins;

import java.util.ResourceBundle;

/// The end of one version's class loader.
record Unloading(
        ArtifactLoader manager, ClassLoader loader, LoaderWatch watch, LoaderWatch.Trace trace)
        implements AutoCloseable {

    /// Closes the loader, and takes out of the JDK's own caches what points to it.
    @Override
    public void close() {
        manager.close();
        ResourceBundle.clearCache(loader);
        watch.left(trace);
    }
}
