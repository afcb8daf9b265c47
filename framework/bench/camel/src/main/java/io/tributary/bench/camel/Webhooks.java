package io.tributary.bench.camel;

import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jackson.JacksonDataFormat;

/// The route: verify, make JSON, keep it or not, answer.
final class Webhooks extends RouteBuilder {

    private static final String FORGED = "forged";

    private final Signature signature;
    private final boolean keeps;

    /// @param keeps false: the JSON is made and thrown away
    Webhooks(Signature signature, boolean keeps) {
        this.signature = signature;
        this.keeps = keeps;
    }

    @Override
    public void configure() {
        var json = new JacksonDataFormat(Message.class);
        var received =
                from("platform-http:/channels/bench/webhook?httpMethodRestrict=POST")
                        .process(this::verify)
                        .filter(exchangeProperty(FORGED).isEqualTo(true))
                        .removeHeaders("*")
                        .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(401))
                        .setBody(constant(""))
                        .stop()
                        .end()
                        .process(Webhooks::translate)
                        .marshal(json)
                        .convertBodyTo(String.class);
        if (keeps) {
            received =
                    received.to(
                            "sql:insert into message (sid, sender, received_at, body)"
                                    + " values (:#sid, :#sender, :#receivedAt, :#${body})"
                                    + "?dataSource=#"
                                    + Database.NAME
                                    + "&noop=true");
        }
        received.removeHeaders("*")
                .setHeader(Exchange.CONTENT_TYPE, constant("text/xml"))
                .setBody(constant("<Response></Response>"));
    }

    private void verify(Exchange exchange) {
        var message = exchange.getMessage();
        boolean genuine =
                signature.signs(
                        message.getHeader(Exchange.HTTP_PATH, String.class),
                        form(exchange),
                        message.getHeader("X-Twilio-Signature", String.class));
        if (!genuine) {
            exchange.setProperty(FORGED, true);
        }
    }

    private static void translate(Exchange exchange) {
        var made = Message.of(form(exchange));
        var message = exchange.getMessage();
        message.setHeader("sid", made.id());
        message.setHeader("sender", made.from());
        message.setHeader("receivedAt", made.receivedAt());
        message.setBody(made);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> form(Exchange exchange) {
        return exchange.getMessage().getBody(Map.class);
    }
}
