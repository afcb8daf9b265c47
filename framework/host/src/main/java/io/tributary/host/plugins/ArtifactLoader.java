package io.tributary.host.plugins;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.pf4j.AbstractPluginManager;
import org.pf4j.DefaultExtensionFactory;
import org.pf4j.DefaultPluginFactory;
import org.pf4j.DefaultVersionManager;
import org.pf4j.ExtensionFactory;
import org.pf4j.ExtensionFinder;
import org.pf4j.ExtensionWrapper;
import org.pf4j.JarPluginRepository;
import org.pf4j.ManifestPluginDescriptorFinder;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginFactory;
import org.pf4j.PluginLoader;
import org.pf4j.PluginRepository;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginStatusProvider;
import org.pf4j.VersionManager;

/// PF4J, reduced to what is wanted of it: the class loader of one plugin version.
///
/// A manager knows one version of a plugin only, so every version has a manager of its own; two of
/// them stand side by side. PF4J is not thread safe: one thread at a time.
final class ArtifactLoader extends AbstractPluginManager implements AutoCloseable {

    private final Artifact artifact;

    ArtifactLoader(Artifact artifact) {
        super(artifact.file().toAbsolutePath().getParent());
        this.artifact = artifact;
    }

    /// Makes the class loader.
    ClassLoader load() throws Refused {
        try {
            return getPlugin(loadPlugin(artifact.file())).getPluginClassLoader();
        } catch (PluginRuntimeException | IllegalArgumentException failure) {
            throw new Refused("it could not be opened: " + failure.getMessage());
        }
    }

    /// Closes the class loader. Classes that were not used before cannot be loaded any more.
    @Override
    public void close() {
        var _ = unloadPlugin(artifact.version().id());
    }

    @Override
    protected PluginLoader createPluginLoader() {
        return new IsolatingLoader();
    }

    @Override
    protected PluginDescriptorFinder createPluginDescriptorFinder() {
        return new ManifestPluginDescriptorFinder();
    }

    @Override
    protected PluginRepository createPluginRepository() {
        return new JarPluginRepository(getPluginsRoots());
    }

    @Override
    protected PluginFactory createPluginFactory() {
        return new DefaultPluginFactory();
    }

    @Override
    protected ExtensionFactory createExtensionFactory() {
        return new DefaultExtensionFactory();
    }

    @Override
    protected ExtensionFinder createExtensionFinder() {
        return new NoExtensions();
    }

    @Override
    protected PluginStatusProvider createPluginStatusProvider() {
        return new AllEnabled();
    }

    @Override
    protected VersionManager createVersionManager() {
        return new DefaultVersionManager();
    }

    private final class IsolatingLoader implements PluginLoader {

        @Override
        public boolean isApplicable(Path path) {
            return true;
        }

        @Override
        public ClassLoader loadPlugin(Path path, PluginDescriptor descriptor) {
            var parent = new SharedParent(ArtifactLoader.class.getClassLoader());
            var loader = new Isolated(descriptor, parent);
            loader.addFile(path.toFile());
            return loader;
        }
    }

    /// Looks into the jar first, but for what is shared, which it always takes from the host: a
    /// copy in the jar would be another class of the same name.
    private final class Isolated extends PluginClassLoader {

        Isolated(PluginDescriptor descriptor, ClassLoader parent) {
            super(ArtifactLoader.this, descriptor, parent);
        }

        @Override
        protected boolean shouldDelegateToParent(String className) {
            return SharedParent.shares(className);
        }
    }

    /// Channels are found by [java.util.ServiceLoader]; PF4J's extensions are not used.
    private static final class NoExtensions implements ExtensionFinder {

        @Override
        public <T> List<ExtensionWrapper<T>> find(Class<T> type) {
            return List.of();
        }

        @Override
        public <T> List<ExtensionWrapper<T>> find(Class<T> type, String pluginId) {
            return List.of();
        }

        @Override
        @SuppressWarnings("rawtypes") // as PF4J declares it
        public List<ExtensionWrapper> find(String pluginId) {
            return List.of();
        }

        @Override
        public Set<String> findClassNames(String pluginId) {
            return Set.of();
        }
    }

    /// Which plugins are wanted is not PF4J's to know.
    private static final class AllEnabled implements PluginStatusProvider {

        @Override
        public boolean isPluginDisabled(String pluginId) {
            return false;
        }

        @Override
        public void disablePlugin(String pluginId) {
            throw new UnsupportedOperationException("a plugin is wanted or unloaded");
        }

        @Override
        public void enablePlugin(String pluginId) {
            throw new UnsupportedOperationException("a plugin is wanted or unloaded");
        }
    }
}
