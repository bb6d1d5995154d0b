import java.io.File;
import java.io.FileInputStream;
import java.io.InputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Verifies documents as the EMREX clients written in Java do: the first ds:Signature in document
 * order, with the public key of a given certificate, KeyInfo not looked at, secure validation on.
 *
 * <p>Usage: {@code VerifyFirst outer|seal CERTIFICATE FILE...}; prints {@code valid} or
 * {@code invalid}, one line a file. For a seal the attribute Id of SignedProperties is registered,
 * which a schema would otherwise do.
 */
public final class VerifyFirst {
    private static final String XADES = "http://uri.etsi.org/01903/v1.3.2#";

    private VerifyFirst() {}

    public static void main(String[] arguments) throws Exception {
        X509Certificate certificate = readCertificate(arguments[1]);
        for (int at = 2; at < arguments.length; at++) {
            boolean valid = verify(arguments[at], certificate, "seal".equals(arguments[0]));
            System.out.println(valid ? "valid" : "invalid");
        }
    }

    private static X509Certificate readCertificate(String path) throws Exception {
        try (InputStream file = new FileInputStream(path)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(file);
        }
    }

    /** Whatever goes wrong with one document, the next one gets its answer. */
    private static boolean verify(String path, X509Certificate certificate, boolean seal) {
        try {
            return isValid(path, certificate, seal);
        } catch (Exception refused) {
            System.err.println(path + ": " + refused);
            return false;
        }
    }

    private static boolean isValid(String path, X509Certificate certificate, boolean seal)
            throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Document document = factory.newDocumentBuilder().parse(new File(path));
        NodeList signatures = document.getElementsByTagNameNS(XMLSignature.XMLNS, "Signature");
        if (signatures.getLength() == 0) {
            return false;
        }
        DOMValidateContext context =
                new DOMValidateContext(certificate.getPublicKey(), signatures.item(0));
        context.setProperty("org.jcp.xml.dsig.secureValidation", Boolean.TRUE);
        if (seal) {
            NodeList properties = document.getElementsByTagNameNS(XADES, "SignedProperties");
            context.setIdAttributeNS((Element) properties.item(0), null, "Id");
        }
        XMLSignature signature =
                XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context);
        return signature.validate(context);
    }
}
