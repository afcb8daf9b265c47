package io.tributary.samples.cluster;

import java.io.IOException;
import java.net.URI;
import java.util.BitSet;
import tools.jackson.databind.JsonNode;

/// Compares what was acknowledged with what is in the log. Reads on where it stopped the time
/// before.
final class Reckoning {

    private final Operator operator;
    private final URI front;
    private final String account;
    private final BitSet there = new BitSet();
    private String cursor = "";
    private int doubled;
    private int phantoms;

    /// @param acknowledged messages that a member said to have taken
    /// @param lost those among them that the log lacks
    /// @param doubled how often the log has one more than once
    /// @param phantoms in the log that nobody sent
    record Result(int acknowledged, int lost, int doubled, int phantoms) {

        boolean right() {
            return lost == 0 && doubled == 0 && phantoms == 0;
        }
    }

    Reckoning(Operator operator, URI front, String account) {
        this.operator = operator;
        this.front = front;
        this.account = account;
    }

    Result of(Traffic traffic) throws IOException, InterruptedException {
        // in this order: what is acknowledged by now has to be in the log that is read now
        BitSet acknowledged = traffic.taken();
        read(traffic);
        BitSet lost = (BitSet) acknowledged.clone();
        lost.andNot(there);
        return new Result(acknowledged.cardinality(), lost.cardinality(), doubled, phantoms);
    }

    private void read(Traffic traffic) throws IOException, InterruptedException {
        String path = "/v1/interactions?limit=1000&direction=inbound&account=" + account;
        for (JsonNode page = page(path); !page.path("items").isEmpty(); page = page(path)) {
            cursor = page.path("next").asString("");
            for (JsonNode event : page.path("items")) {
                note(event.path("data").path("fallbackText").asString(""), traffic);
            }
        }
    }

    private JsonNode page(String path) throws IOException, InterruptedException {
        return operator.get(front, cursor.isEmpty() ? path : path + "&after=" + cursor);
    }

    private void note(String text, Traffic traffic) {
        if (!text.matches(Traffic.TEXT + "[0-9]{1,9}")) {
            // somebody wrote it on the phone in the browser
            return;
        }
        int number = Integer.parseInt(text.substring(Traffic.TEXT.length()));
        if (!traffic.sent(number)) {
            phantoms++;
        } else if (there.get(number)) {
            doubled++;
        }
        there.set(number);
    }
}
