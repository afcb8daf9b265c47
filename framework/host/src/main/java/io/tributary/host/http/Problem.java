package io.tributary.host.http;

import java.util.LinkedHashMap;
import java.util.Map;

/// A refusal in the form of RFC 9457. Its `type` is a page that the member serves:
/// `/problems/<slug>`.
///
/// Texts name keys and limits, never secrets or what a customer said.
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemType type;
    private final String detail;
    private final transient Map<String, Object> more = new LinkedHashMap<>();
    private final transient Map<String, String> headers = new LinkedHashMap<>();

    public Problem(ProblemType type, String detail) {
        super(type.slug() + ": " + detail, null, false, false);
        this.type = type;
        this.detail = detail;
    }

    /// Adds a member to the problem's JSON: a string, number, boolean, or lists and maps of these.
    public Problem with(String member, Object value) {
        more.put(member, value);
        return this;
    }

    public Problem header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public ProblemType type() {
        return type;
    }

    public String detail() {
        return detail;
    }

    /// What it says in JSON wherever it is said, without what belongs to one answer.
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "/problems/" + type.slug());
        members.put("title", type.title());
        members.put("status", type.status());
        members.put("detail", detail);
        more.forEach(members::putIfAbsent);
        return members;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
