namespace SpotifyEtl.Lake;

/// <summary>Where the lake is: section <c>Lake</c>.</summary>
public sealed class LakeOptions
{
    public const string SectionName = "Lake";

    /// <summary><c>s3://bucket[/prefix]</c>, or <c>file:path</c> in the Local edition. Default: s3://spotify-etl-project-demo.</summary>
    public string Uri { get; set; } = "s3://spotify-etl-project-demo";
}
