using Amazon.Runtime;

namespace Amazon.Athena;

public class EncryptionOption : ConstantClass
{
    public static readonly EncryptionOption CSE_KMS = new("CSE_KMS");

    public static readonly EncryptionOption SSE_KMS = new("SSE_KMS");

    public static readonly EncryptionOption SSE_S3 = new("SSE_S3");

    public EncryptionOption(string value)
        : base(value)
    {
    }

    public static implicit operator EncryptionOption(string value) => FindValue(value);

    public static EncryptionOption FindValue(string value) => FindValue<EncryptionOption>(value);
}
