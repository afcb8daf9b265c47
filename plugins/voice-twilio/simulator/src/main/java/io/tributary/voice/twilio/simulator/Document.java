package io.tributary.voice.twilio.simulator;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/// A TwiML document, verb by verb.
///
/// @param verbs in order
record Document(List<Verb> verbs) {

    /// One verb, or one noun within it.
    record Verb(Element element) {

        String name() {
            return element.getTagName();
        }

        String text() {
            return element.getTextContent();
        }

        String attribute(String name) {
            return element.getAttribute(name);
        }

        /// What it says there, or what is meant where it says nothing.
        String attribute(String name, String otherwise) {
            return element.hasAttribute(name) ? attribute(name) : otherwise;
        }

        /// Null: it has none.
        @Nullable URI url(String name) {
            var value = attribute(name);
            return value.isEmpty() ? null : URI.create(value);
        }

        List<Verb> within() {
            return children(element);
        }
    }

    /// Reads it.
    ///
    /// @throws IllegalArgumentException it is no TwiML: Twilio's error 12100
    static Document read(String xml) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var root =
                    factory.newDocumentBuilder()
                            .parse(new InputSource(new StringReader(xml)))
                            .getDocumentElement();
            if (!root.getTagName().equals("Response")) {
                throw new IllegalArgumentException("12100: not a Response");
            }
            return new Document(children(root));
        } catch (SAXException | IOException | ParserConfigurationException broken) {
            throw new IllegalArgumentException("12100: not TwiML", broken);
        }
    }

    private static List<Verb> children(Element parent) {
        var verbs = new ArrayList<Verb>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                verbs.add(new Verb(element));
            }
        }
        return verbs;
    }
}
