package io.tributary.wearables.mqtt;

import java.util.Map;

/// Units by their UCUM codes (https://ucum.org), whatever they are called.
final class Units {

    static final String SYSTEM = "http://unitsofmeasure.org";

    /// As Open mHealth's schemas write them, and as they are written for people.
    private static final Map<String, String> CODES =
            Map.ofEntries(
                    Map.entry("beats/min", "/min"),
                    Map.entry("beats/minute", "/min"),
                    Map.entry("bpm", "/min"),
                    Map.entry("breaths/min", "/min"),
                    Map.entry("breaths/minute", "/min"),
                    Map.entry("mmHg", "mm[Hg]"),
                    Map.entry("C", "Cel"),
                    Map.entry("°C", "Cel"),
                    Map.entry("F", "[degF]"),
                    Map.entry("°F", "[degF]"),
                    Map.entry("lb", "[lb_av]"),
                    Map.entry("oz", "[oz_av]"),
                    Map.entry("in", "[in_i]"),
                    Map.entry("ft", "[ft_i]"),
                    Map.entry("mi", "[mi_i]"),
                    Map.entry("steps", "{steps}"),
                    Map.entry("sec", "s"),
                    Map.entry("hr", "h"));

    private Units() {}

    /// The code of what a unit is called; what is not known stays as it is.
    static String code(String called) {
        return CODES.getOrDefault(called, called);
    }
}
