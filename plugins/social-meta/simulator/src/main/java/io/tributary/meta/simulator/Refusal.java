package io.tributary.meta.simulator;

import tools.jackson.databind.json.JsonMapper;

/// An error in Meta's form
/// (https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes).
record Refusal(int status, int code, String title) {

    static final Refusal NO_TOKEN = new Refusal(401, 190, "Invalid OAuth access token");
    static final Refusal NO_OBJECT = new Refusal(400, 100, "Unsupported post request");
    static final Refusal PARAMETER = new Refusal(400, 100, "Invalid parameter");
    static final Refusal MISSING = new Refusal(400, 131008, "Required parameter is missing");
    static final Refusal WINDOW = new Refusal(400, 131047, "Re-engagement message");
    static final Refusal NOBODY = new Refusal(400, 131026, "Message undeliverable");
    static final Refusal PAIR = new Refusal(400, 131056, "Pair rate limit hit");

    String body() {
        var mapper = JsonMapper.shared();
        var error = mapper.createObjectNode();
        error.put("message", "(#" + code + ") " + title);
        error.put("type", "OAuthException");
        error.put("code", code);
        error.putObject("error_data").put("messaging_product", "whatsapp").put("details", title);
        error.put("fbtrace_id", "Az8or2yhqkZfEZ-_4Qn_Bam");
        var answer = mapper.createObjectNode();
        answer.set("error", error);
        return answer.toString();
    }
}
