namespace SpotifyEtl.Local.Report;

/// <summary>A bar or column of a chart.</summary>
/// <param name="Label">What it is of.</param>
/// <param name="Value">How long it is.</param>
public sealed record ChartBar(string Label, double Value);
