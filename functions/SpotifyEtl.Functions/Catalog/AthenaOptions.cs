using SpotifyEtl.Settings;

namespace SpotifyEtl.Catalog;

/// <summary>How Athena is asked: section <c>Athena</c>.</summary>
public sealed class AthenaOptions : ISettings
{
    public static string SectionName => "Athena";

    /// <summary>The work group whose limits hold. Default: primary.</summary>
    [Setting("text", "the Athena work group whose limits hold")]
    public string WorkGroup { get; set; } = "primary";

    /// <summary>
    /// Where Athena keeps results: <c>s3://…/</c>. Default: athena_results/ in the lake. A work group that sets a place of its own goes before it.
    /// </summary>
    [Setting("URI", "where Athena keeps results", Default = "`{lake}/athena_results/`")]
    public string? OutputUri { get; set; }

    public IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(WorkGroup))
        {
            yield return "Athena__WorkGroup is empty; it must be the name of a work group, such as primary.";
        }

        if (!string.IsNullOrEmpty(OutputUri) && !OutputUri.StartsWith("s3://", StringComparison.OrdinalIgnoreCase))
        {
            yield return $"Athena__OutputUri is '{OutputUri}'; it must be s3://bucket/prefix/, or empty for athena_results/ in the lake.";
        }
    }
}
