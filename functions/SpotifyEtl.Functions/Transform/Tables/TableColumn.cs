namespace SpotifyEtl.Transform.Tables;

/// <summary>A column of a table, by name, and what its cells are in the typed table.</summary>
public sealed record TableColumn(string Name, ColumnType Type);
