using System.Text.Json.Nodes;

namespace AwsJson.Tests;

/// <summary>What the tests compare signatures with is itself compared with signatures that botocore made.</summary>
public sealed class SignatureTests
{
    private static readonly JsonNode s_vectors = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "signatures.json")))!;

    public static TheoryData<int> Vectors => [.. Enumerable.Range(0, s_vectors["requests"]!.AsArray().Count)];

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_signature_is_the_one_that_botocore_makes(int number)
    {
        var vector = s_vectors["requests"]![number]!;
        Uri url = new((string)vector["url"]!);
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase) { ["host"] = url.IsDefaultPort ? url.Host : url.Authority };
        foreach (var (name, value) in vector["headers"]!.AsObject())
        {
            headers[name] = (string)value!;
        }

        headers["Authorization"] = (string)vector["authorization"]!;
        Sent request = new("POST", url, headers, (string)vector["body"]!);

        Assert.Equal((string)vector["authorization"]!, Signature.Of(request, (string)s_vectors["accessKey"]!, (string)s_vectors["secretKey"]!));
    }
}
