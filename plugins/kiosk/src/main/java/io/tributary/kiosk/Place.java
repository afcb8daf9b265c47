package io.tributary.kiosk;

import io.tributary.spi.Malformed;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Where a device stands, as the operator said.
///
/// @param device its name, unique in the account
/// @param store the line of its conversations
/// @param floor empty: the store has one
/// @param name for people; empty: none
record Place(String device, String store, String floor, String name) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final int LONGEST_NAME = 100;

    /// @throws Malformed a name is none
    Place {
        if (!isName(device) || !isName(store) || !(floor.isEmpty() || isName(floor))) {
            throw new Malformed(
                    "device, store and floor have 1 to 64 letters, digits, dots, dashes or underscores");
        }
        if (name.length() > LONGEST_NAME) {
            throw new Malformed("a device's name has 100 characters at most");
        }
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /// @throws Malformed it is none
    static Place of(JsonNode object) {
        return new Place(
                WireJson.need(object, "device"),
                WireJson.need(object, "store"),
                WireJson.text(object, "floor"),
                WireJson.text(object, "name"));
    }

    ObjectNode json() {
        return WireJson.object()
                .put("device", device)
                .put("store", store)
                .put("floor", floor)
                .put("name", name);
    }

    /// As visits name it: `berlin/2/berlin-7`.
    String path() {
        return floor.isEmpty() ? store + "/" + device : store + "/" + floor + "/" + device;
    }
}
