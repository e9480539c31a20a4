using System.Security.Cryptography;
using System.Text;

namespace EmbeddedHost.Engine;

/// <summary>Identifiers that come out the same on every replay: version 5 of RFC 9562, a hash of a name.</summary>
internal static class ReplayedGuid
{
    private static readonly byte[] s_namespace = new Guid("4f3a2a35-5a5c-4c5e-9f1c-0d9f4a8f6a11").ToByteArray(bigEndian: true);

    public static Guid Create(string name)
    {
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // Version 5 is defined by SHA-1; nothing here is secret.
        SHA1.HashData([.. s_namespace, .. Encoding.UTF8.GetBytes(name)], hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
