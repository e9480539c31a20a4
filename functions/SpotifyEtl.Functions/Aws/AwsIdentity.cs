using Amazon.Runtime;

namespace SpotifyEtl.Aws;

/// <summary>The credentials that all clients share; null where each finds its own by the SDK's chain.</summary>
internal sealed record AwsIdentity(AWSCredentials? Credentials);
