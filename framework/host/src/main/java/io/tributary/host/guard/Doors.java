package io.tributary.host.guard;

import io.tributary.host.artifacts.Entitlement;
import io.tributary.host.guard.InsteadOf.How;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.Thread.UncaughtExceptionHandler;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.net.Authenticator;
import java.net.ContentHandlerFactory;
import java.net.CookieHandler;
import java.net.FileNameMap;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ResponseCache;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandlerFactory;
import java.security.Provider;
import java.security.Security;
import java.sql.Driver;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.Locale;
import java.util.Properties;
import java.util.TimeZone;
import java.util.logging.LogManager;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// What code of plugins calls in the place of the JDK's global doors; [Rewriting] puts these calls
/// there. Each has the shape of what it stands for.
///
/// Public, and the one class of the host that a plugin's class loader shares, since the rewritten
/// code has to find it. Whoever calls it on purpose gets no more than an exception.
// Nothing in this program calls a door: rewritten bytecode does.
@SuppressWarnings("DoNotCallSuggester")
public final class Doors {

    private static final String PROCESS = "it would end the process that serves all channels";
    private static final String NATIVE = "native code can end or corrupt the whole process";
    private static final String GLOBAL = "it would change it for all channels";
    private static final String KEPT = "it would keep the plugin in memory after it was closed";

    private Doors() {}

    /// Called before whatever opens a socket.
    public static void sockets() {
        need(Entitlement.SOCKETS);
    }

    /// Called before whatever touches files.
    public static void files() {
        need(Entitlement.FILES);
    }

    /// Called before whatever starts a program.
    public static void processes() {
        need(Entitlement.PROCESSES);
    }

    @InsteadOf(value = URL.class, how = How.VIRTUAL)
    public static InputStream openStream(URL url) throws IOException {
        need(url);
        return url.openStream();
    }

    @InsteadOf(value = URL.class, how = How.VIRTUAL)
    public static URLConnection openConnection(URL url) throws IOException {
        need(url);
        return url.openConnection();
    }

    @InsteadOf(value = URL.class, how = How.VIRTUAL)
    public static URLConnection openConnection(URL url, Proxy proxy) throws IOException {
        need(Entitlement.SOCKETS);
        return url.openConnection(proxy);
    }

    @InsteadOf(value = URL.class, how = How.VIRTUAL)
    public static Object getContent(URL url) throws IOException {
        need(url);
        return url.getContent();
    }

    /// What a plugin finds in its own jar has an address, too, and is free.
    private static void need(URL url) {
        switch (url.getProtocol()) {
            case "http", "https", "ftp" -> need(Entitlement.SOCKETS);
            case "file", "jar" -> need(Entitlement.FILES);
            default -> {}
        }
    }

    private static void need(Entitlement asked) {
        @Nullable Conduct conduct = Caller.conduct();
        if (conduct != null) {
            conduct.need(asked);
        }
    }

    @InsteadOf(System.class)
    public static void exit(int status) {
        throw refused("System.exit", PROCESS);
    }

    @InsteadOf(value = Runtime.class, how = How.VIRTUAL)
    public static void exit(Runtime runtime, int status) {
        throw refused("Runtime.exit", PROCESS);
    }

    @InsteadOf(value = Runtime.class, how = How.VIRTUAL)
    public static void halt(Runtime runtime, int status) {
        throw refused("Runtime.halt", PROCESS);
    }

    @InsteadOf(value = Runtime.class, how = How.VIRTUAL)
    public static void addShutdownHook(Runtime runtime, Thread hook) {
        throw refused("Runtime.addShutdownHook", KEPT + "; close what there is in Account.close");
    }

    @InsteadOf(System.class)
    public static void load(String file) {
        throw refused("System.load", NATIVE);
    }

    @InsteadOf(System.class)
    public static void loadLibrary(String name) {
        throw refused("System.loadLibrary", NATIVE);
    }

    @InsteadOf(value = Runtime.class, how = How.VIRTUAL)
    public static void load(Runtime runtime, String file) {
        throw refused("Runtime.load", NATIVE);
    }

    @InsteadOf(value = Runtime.class, how = How.VIRTUAL)
    public static void loadLibrary(Runtime runtime, String name) {
        throw refused("Runtime.loadLibrary", NATIVE);
    }

    @InsteadOf(System.class)
    public static void setIn(InputStream in) {
        throw refused("System.setIn", GLOBAL);
    }

    @InsteadOf(System.class)
    public static void setOut(PrintStream out) {
        throw refused("System.setOut", GLOBAL);
    }

    @InsteadOf(System.class)
    public static void setErr(PrintStream err) {
        throw refused("System.setErr", GLOBAL);
    }

    @InsteadOf(System.class)
    public static void setProperties(Properties properties) {
        throw refused("System.setProperties", GLOBAL);
    }

    @InsteadOf(value = Thread.class, how = How.STATIC_OR_INHERITED)
    public static void setDefaultUncaughtExceptionHandler(UncaughtExceptionHandler handler) {
        throw refused("Thread.setDefaultUncaughtExceptionHandler", GLOBAL);
    }

    @InsteadOf(Locale.class)
    public static void setDefault(Locale locale) {
        throw refused("Locale.setDefault", GLOBAL);
    }

    @InsteadOf(Locale.class)
    public static void setDefault(Locale.Category category, Locale locale) {
        throw refused("Locale.setDefault", GLOBAL);
    }

    @InsteadOf(TimeZone.class)
    public static void setDefault(TimeZone zone) {
        throw refused("TimeZone.setDefault", GLOBAL);
    }

    @InsteadOf(ProxySelector.class)
    public static void setDefault(ProxySelector selector) {
        throw refused("ProxySelector.setDefault", GLOBAL);
    }

    @InsteadOf(Authenticator.class)
    public static void setDefault(Authenticator authenticator) {
        throw refused("Authenticator.setDefault", GLOBAL);
    }

    @InsteadOf(CookieHandler.class)
    public static void setDefault(CookieHandler handler) {
        throw refused("CookieHandler.setDefault", GLOBAL);
    }

    @InsteadOf(ResponseCache.class)
    public static void setDefault(ResponseCache cache) {
        throw refused("ResponseCache.setDefault", GLOBAL);
    }

    @InsteadOf(SSLContext.class)
    public static void setDefault(SSLContext context) {
        throw refused("SSLContext.setDefault", GLOBAL);
    }

    @InsteadOf(HttpsURLConnection.class)
    public static void setDefaultHostnameVerifier(HostnameVerifier verifier) {
        throw refused("HttpsURLConnection.setDefaultHostnameVerifier", GLOBAL);
    }

    @InsteadOf(HttpsURLConnection.class)
    public static void setDefaultSSLSocketFactory(SSLSocketFactory factory) {
        throw refused("HttpsURLConnection.setDefaultSSLSocketFactory", GLOBAL);
    }

    @InsteadOf(URL.class)
    public static void setURLStreamHandlerFactory(URLStreamHandlerFactory factory) {
        throw refused("URL.setURLStreamHandlerFactory", GLOBAL);
    }

    @InsteadOf(URLConnection.class)
    public static void setContentHandlerFactory(ContentHandlerFactory factory) {
        throw refused("URLConnection.setContentHandlerFactory", GLOBAL);
    }

    @InsteadOf(URLConnection.class)
    public static void setFileNameMap(FileNameMap names) {
        throw refused("URLConnection.setFileNameMap", GLOBAL);
    }

    @InsteadOf(Security.class)
    public static int addProvider(Provider provider) {
        throw refused("Security.addProvider", GLOBAL + "; pass the provider itself to getInstance");
    }

    @InsteadOf(Security.class)
    public static int insertProviderAt(Provider provider, int position) {
        throw refused(
                "Security.insertProviderAt", GLOBAL + "; pass the provider itself to getInstance");
    }

    @InsteadOf(Security.class)
    public static void removeProvider(String name) {
        throw refused("Security.removeProvider", GLOBAL);
    }

    @InsteadOf(Security.class)
    public static void setProperty(String key, String value) {
        throw refused("Security.setProperty", GLOBAL);
    }

    @InsteadOf(value = LogManager.class, how = How.VIRTUAL)
    public static void reset(LogManager manager) {
        throw refused("LogManager.reset", GLOBAL);
    }

    @InsteadOf(value = LogManager.class, how = How.VIRTUAL)
    public static void readConfiguration(LogManager manager) {
        throw refused("LogManager.readConfiguration", GLOBAL);
    }

    @InsteadOf(value = LogManager.class, how = How.VIRTUAL)
    public static void readConfiguration(LogManager manager, InputStream in) {
        throw refused("LogManager.readConfiguration", GLOBAL);
    }

    /// A driver registers itself when its class is loaded, so this is no reason to fail: it is left
    /// out of the JDK's list, which would keep it, and works when it is asked itself.
    @InsteadOf(DriverManager.class)
    public static void registerDriver(Driver driver) {
        conduct("DriverManager.registerDriver");
    }

    /// What a plugin prints belongs into the log, under its name and bounded.
    @InsteadOf(value = System.class, how = How.FIELD)
    public static PrintStream out() {
        return printed();
    }

    /// As [#out()].
    @InsteadOf(value = System.class, how = How.FIELD)
    public static PrintStream err() {
        return printed();
    }

    @InsteadOf(value = Class.class, how = How.VIRTUAL)
    public static Method getMethod(Class<?> type, String name, Class<?>... parameters)
            throws NoSuchMethodException {
        return open(type.getMethod(name, parameters));
    }

    @InsteadOf(value = Class.class, how = How.VIRTUAL)
    public static Method getDeclaredMethod(Class<?> type, String name, Class<?>... parameters)
            throws NoSuchMethodException {
        return open(type.getDeclaredMethod(name, parameters));
    }

    /// Without the closed ones: whoever goes through all methods of a class means no harm.
    @InsteadOf(value = Class.class, how = How.VIRTUAL)
    public static Method[] getMethods(Class<?> type) {
        return open(type.getMethods());
    }

    /// As [#getMethods].
    @InsteadOf(value = Class.class, how = How.VIRTUAL)
    public static Method[] getDeclaredMethods(Class<?> type) {
        return open(type.getDeclaredMethods());
    }

    @InsteadOf(value = MethodHandles.Lookup.class, how = How.VIRTUAL)
    public static MethodHandle findStatic(
            MethodHandles.Lookup lookup, Class<?> type, String name, MethodType shape)
            throws NoSuchMethodException, IllegalAccessException {
        check(type, name);
        return lookup.findStatic(type, name, shape);
    }

    @InsteadOf(value = MethodHandles.Lookup.class, how = How.VIRTUAL)
    public static MethodHandle findVirtual(
            MethodHandles.Lookup lookup, Class<?> type, String name, MethodType shape)
            throws NoSuchMethodException, IllegalAccessException {
        check(type, name);
        return lookup.findVirtual(type, name, shape);
    }

    @InsteadOf(value = MethodHandles.Lookup.class, how = How.VIRTUAL)
    public static MethodHandle bind(
            MethodHandles.Lookup lookup, Object receiver, String name, MethodType shape)
            throws NoSuchMethodException, IllegalAccessException {
        check(receiver.getClass(), name);
        return lookup.bind(receiver, name, shape);
    }

    private static Method open(Method method) {
        check(method.getDeclaringClass(), method.getName());
        return method;
    }

    private static Method[] open(Method[] methods) {
        return Arrays.stream(methods)
                .filter(each -> !Table.closed(each.getDeclaringClass(), each.getName()))
                .toArray(Method[]::new);
    }

    private static void check(Class<?> type, String name) {
        if (Table.closed(type, name)) {
            throw refused(type.getSimpleName() + "." + name, "not by reflection either");
        }
    }

    private static PrintStream printed() {
        Conduct conduct = Caller.conduct();
        return conduct == null ? System.err : conduct.printed();
    }

    private static void conduct(String door) {
        @Nullable Conduct conduct = Caller.conduct();
        if (conduct != null) {
            conduct.refused(door);
        }
    }

    private static SecurityException refused(String door, String why) {
        conduct(door);
        return new SecurityException("plugins must not call " + door + ": " + why);
    }
}
