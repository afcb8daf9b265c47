package io.tributary.host.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.host.artifacts.Entitlements;
import io.tributary.host.plugins.PluginJar;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("code of a plugin")
class DoorsTest {

    private static final String WAYS =
            """
            package brute;
            import java.lang.invoke.*;
            import java.lang.reflect.*;
            import java.util.*;
            import java.util.concurrent.Callable;
            import java.util.function.*;
            public final class Ways {
                private static void closed(String name, Map<String, Callable<Object>> ways, Callable<Object> way) {
                    ways.put(name, way);
                }
                public static Map<String, Callable<Object>> all() {
                    Map<String, Callable<Object>> ways = new TreeMap<>();
                    closed("System.exit", ways, () -> { System.exit(3); return null; });
                    closed("Runtime.exit", ways, () -> { Runtime.getRuntime().exit(3); return null; });
                    closed("Runtime.halt", ways, () -> { Runtime.getRuntime().halt(3); return null; });
                    closed("Runtime.addShutdownHook", ways, () -> {
                        Runtime.getRuntime().addShutdownHook(new Thread(() -> { })); return null; });
                    closed("System.load", ways, () -> { System.load("/nowhere.so"); return null; });
                    closed("System.loadLibrary", ways, () -> { System.loadLibrary("nowhere"); return null; });
                    closed("System.setOut", ways, () -> { System.setOut(System.out); return null; });
                    closed("System.setErr", ways, () -> { System.setErr(System.err); return null; });
                    closed("System.setIn", ways, () -> { System.setIn(null); return null; });
                    closed("System.setProperties", ways, () -> { System.setProperties(new Properties()); return null; });
                    closed("Locale.setDefault", ways, () -> { Locale.setDefault(Locale.ROOT); return null; });
                    closed("TimeZone.setDefault", ways, () -> { TimeZone.setDefault(null); return null; });
                    closed("Security.addProvider", ways, () -> java.security.Security.addProvider(null));
                    closed("Thread.setDefaultUncaughtExceptionHandler", ways, () -> {
                        Heir.anyway(); return null; });
                    closed("a reference to System.exit", ways, () -> {
                        IntConsumer exit = System::exit; exit.accept(3); return null; });
                    closed("a reference to Runtime.halt", ways, () -> {
                        IntConsumer halt = Runtime.getRuntime()::halt; halt.accept(3); return null; });
                    closed("reflection", ways, () ->
                        System.class.getMethod("exit", int.class).invoke(null, 3));
                    closed("reflection on what is declared", ways, () ->
                        Runtime.class.getDeclaredMethod("halt", int.class).invoke(Runtime.getRuntime(), 3));
                    closed("a method handle", ways, () -> {
                        try {
                            MethodHandles.lookup().findStatic(System.class, "exit",
                                MethodType.methodType(void.class, int.class)).invoke(3);
                        } catch (Error | Exception thrown) { throw thrown; } catch (Throwable other) { throw new Error(other); }
                        return null; });
                    closed("a bound method handle", ways, () -> MethodHandles.lookup().bind(
                        Runtime.getRuntime(), "halt", MethodType.methodType(void.class, int.class)));
                    return ways;
                }
                static class Heir extends Thread {
                    static void anyway() { setDefaultUncaughtExceptionHandler(null); }
                }
            }
            """;

    /// Does as it always did, with branches, loops, handlers and values that are half made where
    /// doors are called.
    private static final String HONEST =
            """
            package brute;
            import java.util.*;
            public final class Honest implements java.util.concurrent.Callable<Object> {
                @Override public Object call() throws Exception {
                    StringBuilder text = new StringBuilder();
                    for (int i = 0; i < 3; i++) {
                        Object each = i == 0 ? "a" : i == 1 ? Integer.valueOf(7) : List.of(1.5);
                        text.append(switch (each) {
                            case String word when word.length() == 1 -> word + String.class.getMethod("length").invoke(word);
                            case Integer number -> "n" + number;
                            default -> each.toString();
                        });
                        try {
                            if (i == 1) System.exit(i); else System.out.println("line " + i);
                        } catch (SecurityException refused) {
                            text.append('!');
                        } finally {
                            text.append(';');
                        }
                    }
                    for (var method : System.class.getMethods()) {
                        if (method.getName().equals("exit")) text.append("exit is there");
                    }
                    return text.toString();
                }
            }
            """;

    @TempDir Path folder = Path.of("");

    private final Conduct conduct =
            new Conduct("brute 1.0.0", new Entitlements(Set.of(), Set.of()), text -> text);
    private Map<String, Callable<Object>> ways = Map.of();
    private Callable<Object> honest = () -> "";

    /// As a plugin's class loader defines its classes.
    private static final class Loader extends ClassLoader implements Guarded {

        private final Map<String, byte[]> code = new HashMap<>();
        private final Conduct conduct;

        Loader(Path jar, Conduct conduct) throws IOException {
            super(DoorsTest.class.getClassLoader());
            this.conduct = conduct;
            try (var zip = new ZipFile(jar.toFile())) {
                for (var entry :
                        zip.stream().filter(each -> each.getName().endsWith(".class")).toList()) {
                    var name = entry.getName().replace(".class", "").replace('/', '.');
                    code.put(name, zip.getInputStream(entry).readAllBytes());
                }
            }
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] found = code.get(name);
            if (found == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] guarded = Rewriting.of(found);
            return defineClass(name, guarded, 0, guarded.length);
        }

        @Override
        public Conduct conduct() {
            return conduct;
        }
    }

    @BeforeEach
    @SuppressWarnings("unchecked") // what the source above says
    void load() throws Exception {
        var jar =
                PluginJar.of("brute", "1.0.0")
                        .source("brute.Ways", WAYS)
                        .source("brute.Honest", HONEST)
                        .write(folder, "brute.jar");
        var loader = new Loader(jar, conduct);
        ways =
                (Map<String, Callable<Object>>)
                        loader.loadClass("brute.Ways").getMethod("all").invoke(null);
        honest = (Callable<Object>) loader.loadClass("brute.Honest").getConstructor().newInstance();
    }

    @TestFactory
    @DisplayName("finds closed")
    Stream<DynamicTest> closed() {
        return ways.entrySet().stream()
                .map(way ->
                        DynamicTest.dynamicTest(
                                way.getKey(),
                                () -> {
                                    assertThatThrownBy(way.getValue()::call)
                                            .isInstanceOf(SecurityException.class)
                                            .hasMessageContaining("plugins must not call");
                                    assertThat(conduct.refused()).isNotEmpty();
                                }));
    }

    @Test
    @DisplayName("does all the rest as before, and prints into the log")
    void honest() throws Exception {
        assertThat(honest.call()).isEqualTo("a1;n7!;[1.5];");
        assertThat(conduct.refused()).containsExactly(Map.entry("System.exit", 1L));
    }

    @Test
    @DisplayName("may log a thousand lines at once and no more, which is told in one line")
    void lines() {
        int admitted = 0;
        for (int i = 0; i < 5_000; i++) {
            admitted += conduct.admitsLine() ? 1 : 0;
        }

        assertThat(admitted).isBetween(1_000, 1_500);
        assertThat(conduct.droppedLines()).isEqualTo(5_000L - admitted);
    }

    @Test
    @DisplayName("has a stand-in for doors that exist, each in the shape of its door")
    void marks() {
        var marked =
                Arrays.stream(Doors.class.getDeclaredMethods())
                        .filter(each -> Modifier.isPublic(each.getModifiers()))
                        // what stands before a call, in the place of none
                        .filter(each ->
                                each.getParameterCount() > 0
                                        || each.isAnnotationPresent(InsteadOf.class))
                        .toList();
        assertThat(marked).hasSizeGreaterThan(30);
        for (Method method : marked) {
            assertThatCode(() -> door(method)).as(method.toString()).doesNotThrowAnyException();
        }
    }

    private static void door(Method method) throws ReflectiveOperationException {
        var mark = method.getAnnotation(InsteadOf.class);
        var parameters = method.getParameterTypes();
        Class<?> type =
                switch (mark.how()) {
                    case FIELD -> mark.value().getField(method.getName()).getType();
                    case STATIC, STATIC_OR_INHERITED ->
                            mark.value().getMethod(method.getName(), parameters).getReturnType();
                    case VIRTUAL -> {
                        assertThat(parameters[0]).isEqualTo(mark.value());
                        yield mark.value()
                                .getMethod(
                                        method.getName(),
                                        Arrays.copyOfRange(parameters, 1, parameters.length))
                                .getReturnType();
                    }
                };
        assertThat(method.getReturnType()).isEqualTo(type);
    }

    @Test
    @DisplayName("of the host itself goes through the same doors")
    void host() {
        var before = Locale.getDefault();
        assertThatCode(() -> Locale.setDefault(before)).doesNotThrowAnyException();
    }
}
