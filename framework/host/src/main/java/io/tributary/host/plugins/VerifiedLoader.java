package io.tributary.host.plugins;

import io.tributary.host.artifacts.VerifiedJar;
import io.tributary.host.guard.Conduct;
import io.tributary.host.guard.Guarded;
import io.tributary.host.guard.Rewriting;
import io.tributary.model.Bytes;
import java.io.IOException;
import java.net.URL;
import java.security.CodeSigner;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginManager;

/// Defines the classes of one plugin version from the bytes that were verified; no file is opened.
///
/// Looks into the jar first, but for what is shared, which it always takes from the host: a copy in
/// the jar would be another class of the same name. What the classes call of the JDK's global doors
/// leads elsewhere, see [Rewriting].
final class VerifiedLoader extends PluginClassLoader implements Guarded {

    /// Unlike that of any other loader: by it this one is found among all objects of the process.
    private final long mark = ThreadLocalRandom.current().nextLong();

    private final JarUrls urls;
    private final ProtectionDomain domain;
    private final Conduct conduct;
    private volatile @Nullable VerifiedJar jar;

    VerifiedLoader(
            PluginManager manager,
            PluginDescriptor descriptor,
            ClassLoader parent,
            VerifiedJar jar,
            Conduct conduct) {
        super(manager, descriptor, parent);
        this.conduct = conduct;
        this.jar = jar;
        this.urls = new JarUrls(jar.plugin(), this::bytes);
        this.domain =
                new ProtectionDomain(
                        new CodeSource(urls.of(""), new CodeSigner[0]), null, this, null);
    }

    @Override
    protected boolean shouldDelegateToParent(String className) {
        return SharedParent.shares(className);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        Optional<Bytes> code = bytes(name.replace('.', '/') + ".class");
        if (code.isEmpty()) {
            throw new ClassNotFoundException(name);
        }
        int dot = name.lastIndexOf('.');
        if (dot > 0 && getDefinedPackage(name.substring(0, dot)) == null) {
            definePackage(name.substring(0, dot), null, null, null, null, null, null, null);
        }
        byte[] guarded = Rewriting.of(code.get().toArray());
        return defineClass(name, guarded, 0, guarded.length, domain);
    }

    @Override
    public Conduct conduct() {
        return conduct;
    }

    long mark() {
        return mark;
    }

    @Override
    public @Nullable URL findResource(String name) {
        VerifiedJar open = jar;
        return open != null && open.holds(name) ? urls.of(name) : null;
    }

    @Override
    public Enumeration<URL> findResources(String name) {
        URL found = findResource(name);
        return Collections.enumeration(found == null ? List.of() : List.of(found));
    }

    /// From now on it finds nothing more. Lets go of the jar: whoever keeps a class of a plugin
    /// from being collected is not to keep the jar, too.
    @Override
    public void close() throws IOException {
        jar = null;
        super.close();
    }

    private Optional<Bytes> bytes(String name) {
        VerifiedJar open = jar;
        return open == null ? Optional.empty() : open.find(name);
    }
}
