import java.io.File;
import java.io.FileInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Collections;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignatureMethod;
import javax.xml.crypto.dsig.SignedInfo;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfo;
import javax.xml.crypto.dsig.keyinfo.KeyInfoFactory;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;

/**
 * Signs ELMO documents as the EMREX providers written in Java do: one Reference to the whole
 * document, enveloped, inclusive C14N, the default namespace on Signature, subject and certificate
 * in KeyInfo, RSA-SHA256, written by an identity transformation.
 *
 * <p>Usage: {@code SignAsProvider KEY CERTIFICATE DIRECTORY FILE...} with the key as PKCS#8 in DER;
 * each file is written under its own name to the directory.
 */
public final class SignAsProvider {
    private static final String RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

    private SignAsProvider() {}

    public static void main(String[] arguments) throws Exception {
        byte[] encoded = Files.readAllBytes(Paths.get(arguments[0]));
        PrivateKey key =
                KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        X509Certificate certificate = readCertificate(arguments[1]);
        for (int at = 3; at < arguments.length; at++) {
            Path signed = Paths.get(arguments[2], new File(arguments[at]).getName());
            sign(new File(arguments[at]), signed, key, certificate);
        }
    }

    private static X509Certificate readCertificate(String path) throws Exception {
        try (InputStream file = new FileInputStream(path)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(file);
        }
    }

    private static void sign(File unsigned, Path signed, PrivateKey key, X509Certificate certificate)
            throws Exception {
        DocumentBuilderFactory documents = DocumentBuilderFactory.newInstance();
        documents.setNamespaceAware(true);
        Document document = documents.newDocumentBuilder().parse(unsigned);
        XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM");
        Reference whole =
                factory.newReference(
                        "",
                        factory.newDigestMethod(DigestMethod.SHA256, null),
                        Collections.singletonList(
                                factory.newTransform(
                                        Transform.ENVELOPED, (TransformParameterSpec) null)),
                        null,
                        null);
        SignedInfo signedInfo =
                factory.newSignedInfo(
                        factory.newCanonicalizationMethod(
                                CanonicalizationMethod.INCLUSIVE, (C14NMethodParameterSpec) null),
                        factory.newSignatureMethod(RSA_SHA256, null),
                        Collections.singletonList(whole));
        KeyInfoFactory keyInfos = factory.getKeyInfoFactory();
        KeyInfo keyInfo =
                keyInfos.newKeyInfo(
                        Collections.singletonList(
                                keyInfos.newX509Data(
                                        Arrays.asList(
                                                certificate.getSubjectX500Principal().getName(),
                                                certificate))));
        factory.newXMLSignature(signedInfo, keyInfo)
                .sign(new DOMSignContext(key, document.getDocumentElement()));
        TransformerFactory.newInstance()
                .newTransformer()
                .transform(new DOMSource(document), new StreamResult(signed.toFile()));
    }
}
