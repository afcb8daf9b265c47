package io.tributary.host.guard;

import io.tributary.host.guard.InsteadOf.How;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which door of the JDK stands for which method of [Doors], as the marks there say.
final class Table {

    static final ClassDesc DOORS = Doors.class.describeConstable().orElseThrow();

    private static final Map<Place, Instead> METHODS = new HashMap<>();
    private static final Map<Place, Instead> INHERITED = new HashMap<>();
    private static final Map<Place, Instead> FIELDS = new HashMap<>();
    private static final Set<String> OWNERS = new HashSet<>();
    private static final Set<Place> CLOSED = new HashSet<>();

    /// @param owner its internal name; empty: whoever
    /// @param descriptor empty: whatever
    private record Place(String owner, String name, String descriptor) {}

    /// What is called instead.
    record Instead(String name, MethodTypeDesc type, boolean isStatic) {}

    static {
        for (Method method : Doors.class.getDeclaredMethods()) {
            InsteadOf mark = method.getAnnotation(InsteadOf.class);
            if (mark != null && Modifier.isPublic(method.getModifiers())) {
                add(method, mark);
            }
        }
    }

    private Table() {}

    private static void add(Method method, InsteadOf mark) {
        MethodTypeDesc type = type(method);
        String owner = mark.value().getName().replace('.', '/');
        String name = method.getName();
        OWNERS.add(owner);
        switch (mark.how()) {
            case STATIC ->
                    put(METHODS, new Place(owner, name, type.descriptorString()), type, true);
            case STATIC_OR_INHERITED -> {
                put(METHODS, new Place(owner, name, type.descriptorString()), type, true);
                put(INHERITED, new Place("", name, type.descriptorString()), type, true);
            }
            case VIRTUAL -> {
                String inside = type.dropParameterTypes(0, 1).descriptorString();
                put(METHODS, new Place(owner, name, inside), type, false);
            }
            case FIELD -> put(FIELDS, new Place(owner, name, ""), type, true);
        }
        // what only looks things up stays open, since it does the same as before
        if (mark.how() != How.FIELD && method.getReturnType().isPrimitive()) {
            CLOSED.add(new Place(owner, name, ""));
        }
    }

    private static void put(
            Map<Place, Instead> places, Place place, MethodTypeDesc type, boolean isStatic) {
        places.put(place, new Instead(place.name(), type, isStatic));
    }

    private static MethodTypeDesc type(Method method) {
        return MethodTypeDesc.of(
                method.getReturnType().describeConstable().orElseThrow(),
                java.util.Arrays.stream(method.getParameterTypes())
                        .map(each -> each.describeConstable().orElseThrow())
                        .toArray(ClassDesc[]::new));
    }

    /// What to call in the place of a method; null: just that method.
    static @Nullable Instead method(String owner, String name, String descriptor) {
        Instead found =
                OWNERS.contains(owner) ? METHODS.get(new Place(owner, name, descriptor)) : null;
        return found == null && name.startsWith("setDefaultUncaught")
                ? INHERITED.get(new Place("", name, descriptor))
                : found;
    }

    /// What to call in the place of reading a static field; null: just that field.
    static @Nullable Instead field(String owner, String name) {
        return OWNERS.contains(owner) ? FIELDS.get(new Place(owner, name, "")) : null;
    }

    /// Whether a method is closed to plugins.
    static boolean closed(Class<?> type, String name) {
        return CLOSED.contains(new Place(type.getName().replace('.', '/'), name, ""));
    }
}
