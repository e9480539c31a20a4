namespace SpotifyEtl.Transform.Documents;

/// <summary>What is wrong with a raw file that is good JSON.</summary>
internal static class Defects
{
    private const string Shapes =
        "It reads an object with an \"items\" array of rows, a playlist whose \"items\" or \"tracks\" has them, an object with a \"tracks\" array, a list of "
        + "these, and a list of rows or of plays, each also one a line.";

    public static DefectException UnknownShape() => new(
        DefectReasons.UnknownShape, $"The file is valid JSON of a shape that the transform does not read. {Shapes}");

    /// <param name="what">What the file is, such as <c>an album</c>.</param>
    public static DefectException Foreign(string what) =>
        new(DefectReasons.UnknownShape, $"The file is {what}, which the transform does not read. {Shapes}");

    /// <param name="number">Which element of the list it is, from 1.</param>
    /// <param name="what">What it is; null: nothing known.</param>
    public static DefectException OddElement(long number, string? what) => new(
        DefectReasons.UnknownShape,
        $"The file is a list of pages or playlists, and number {number} of it is {what ?? "neither"}: save the others in a file of their own.");

    public static DefectException DuplicateRows(string key) => new(
        DefectReasons.DuplicateRows, $"The file has more than one array of rows under \"{key}\": it is not clear which holds the playlist.");
}
