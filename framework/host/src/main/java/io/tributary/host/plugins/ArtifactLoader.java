package io.tributary.host.plugins;

import io.tributary.host.artifacts.VerifiedJar;
import io.tributary.host.guard.Conduct;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.pf4j.AbstractPluginManager;
import org.pf4j.BasePluginRepository;
import org.pf4j.DefaultExtensionFactory;
import org.pf4j.DefaultPluginDescriptor;
import org.pf4j.DefaultPluginFactory;
import org.pf4j.DefaultVersionManager;
import org.pf4j.ExtensionFactory;
import org.pf4j.ExtensionFinder;
import org.pf4j.ExtensionWrapper;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginFactory;
import org.pf4j.PluginLoader;
import org.pf4j.PluginRepository;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginStatusProvider;
import org.pf4j.VersionManager;

/// PF4J, reduced to what is wanted of it: the class loader of one plugin version. It is given what
/// was verified and reads no file of its own.
///
/// A manager knows one version of a plugin only, so every version has a manager of its own; two of
/// them stand side by side. PF4J is not thread safe: one thread at a time.
final class ArtifactLoader extends AbstractPluginManager implements AutoCloseable {

    /// PF4J wants a path for each plugin; nothing is there.
    private static final Path NOWHERE = Path.of("verified.jar");

    private final VerifiedJar jar;
    private final Conduct conduct;

    ArtifactLoader(VerifiedJar jar, Conduct conduct) {
        super(NOWHERE);
        this.jar = jar;
        this.conduct = conduct;
    }

    /// Makes the class loader.
    VerifiedLoader load() throws Refused {
        try {
            var wrapper = loadPluginFromPath(NOWHERE);
            resolvePlugins();
            return (VerifiedLoader) wrapper.getPluginClassLoader();
        } catch (PluginRuntimeException | IllegalArgumentException failure) {
            throw new Refused("it could not be opened: " + failure.getMessage());
        }
    }

    /// Closes the class loader. Classes that were not used before cannot be loaded any more.
    @Override
    public void close() {
        var _ = unloadPlugin(jar.plugin().id());
    }

    @Override
    protected PluginLoader createPluginLoader() {
        return new IsolatingLoader();
    }

    @Override
    protected PluginDescriptorFinder createPluginDescriptorFinder() {
        return new VerifiedDescriptor();
    }

    @Override
    protected PluginRepository createPluginRepository() {
        return new BasePluginRepository(getPluginsRoots());
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
            return new VerifiedLoader(ArtifactLoader.this, descriptor, parent, jar, conduct);
        }
    }

    /// Tells what the verified manifest says.
    private final class VerifiedDescriptor implements PluginDescriptorFinder {

        @Override
        public boolean isApplicable(Path path) {
            return true;
        }

        @Override
        public PluginDescriptor find(Path path) {
            var plugin = jar.plugin();
            return new DefaultPluginDescriptor(
                    plugin.id(), "", null, plugin.version(), "*", "", "");
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
