using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace EmbeddedHost.Tests.Signatures;

/// <summary>
/// The public members of types, a line each, written as the listings of the packages write them: <c>type :: member</c>. A constructor of an
/// abstract class counts as protected, since only a derived one can call it.
/// </summary>
internal static partial class PublicSignatures
{
    private const BindingFlags Own =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly string[] s_ofEveryRecord = ["<Clone>$", "Deconstruct", "Equals", "GetHashCode", "PrintMembers", "op_Equality", "op_Inequality"];

    private static readonly NullabilityInfoContext s_nullability = new();

    /// <summary>
    /// The members that an assembly adds in some namespaces, with names of types unqualified: what it overrides of another assembly's types
    /// is callable through those anyway. <paramref name="isAnnotated"/> is whether the package tells which references may be null.
    /// </summary>
    public static IEnumerable<string> Of(Assembly assembly, string space, bool isAnnotated) => assembly.GetExportedTypes()
        .Where(type => type.Namespace == space || type.Namespace!.StartsWith(space + ".", StringComparison.Ordinal))
        .SelectMany(type => Of(type).Select(signature => Unqualified(signature, isAnnotated)));

    public static IEnumerable<string> Of(Type type)
    {
        var name = FullNameOf(type);
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(value =>
                $"{name} :: {value} = {Convert.ToInt32(Enum.Parse(type, value), System.Globalization.CultureInfo.InvariantCulture)}");
        }

        if (typeof(Delegate).IsAssignableFrom(type))
        {
            var invoke = type.GetMethod("Invoke")!;
            var parameters = invoke.GetParameters().Select(parameter => $"{parameter.ParameterType.FullName} {parameter.Name}");
            return [$"{name} :: {NameOf(invoke.ReturnType)} ({string.Join(", ", parameters)})"];
        }

        return Members(type).Select(member => $"{name} :: {member}");
    }

    private static string Unqualified(string signature, bool isAnnotated)
    {
        var parts = signature.Split(" :: ");
        var member = Qualifier().Replace(parts[1], string.Empty);
        return $"{parts[0].Replace('+', '.')} :: {(isAnnotated ? member : NullableReference().Replace(member, string.Empty))}";
    }

    [GeneratedRegex(@"(?<![\w.])(?:[A-Za-z_]\w*\.)+(?=[A-Za-z_])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Qualifier();

    [GeneratedRegex(@"(?<!\b(int|long|double|bool|DateTime|TimeSpan))\?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NullableReference();

    private static IEnumerable<string> Members(Type type)
    {
        var isRecord = type.GetMethod("<Clone>$") is not null;
        foreach (var constructor in type.GetConstructors(Own).Where(constructor => !constructor.IsStatic && IsVisible(constructor)))
        {
            var isCopy = isRecord && constructor.IsFamily;
            if (!isCopy && (!type.IsValueType || constructor.GetParameters().Length > 0))
            {
                yield return $"{(type.IsAbstract ? "protected" : VisibilityOf(constructor))} ctor({ParametersOf(constructor)})";
            }
        }

        foreach (var field in type.GetFields(Own).Where(field => field.IsPublic))
        {
            var value = field.IsLiteral ? $" = {field.GetRawConstantValue()}" : string.Empty;
            yield return $"public {(field.IsLiteral ? "const" : "static readonly")} {NameOf(field.FieldType, s_nullability.Create(field))} {field.Name}{value}";
        }

        foreach (var method in type.GetMethods(Own).Where(method => IsVisible(method) && !IsOfAnotherAssembly(method)
            && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal))))
        {
            if (isRecord && (s_ofEveryRecord.Contains(method.Name) || (method.Name is "ToString" && method.IsDefined(typeof(CompilerGeneratedAttribute)))))
            {
                continue;
            }

            var generics = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : string.Empty;
            var receiver = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : string.Empty;
            var returned = NameOf(method.ReturnType, s_nullability.Create(method.ReturnParameter));
            yield return $"{VisibilityOf(method)} {ModifierOf(method)}{returned} {method.Name}{generics}({receiver}{ParametersOf(method)})";
        }

        foreach (var property in type.GetProperties(Own))
        {
            if (property.GetAccessors(nonPublic: true).FirstOrDefault(IsVisible) is not { } accessor || IsOfAnotherAssembly(accessor))
            {
                continue;
            }

            var isInit = property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) is true;
            var get = property.GetMethod is { } getter && IsVisible(getter) ? "get; " : string.Empty;
            var set = property.SetMethod is not { } setter || !IsVisible(setter) ? string.Empty : isInit ? "init; " : "set; ";
            var kind = NameOf(property.PropertyType, s_nullability.Create(property));
            yield return $"{VisibilityOf(accessor)} {ModifierOf(accessor)}{kind} {property.Name} {{ {get}{set}}}";
        }
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsOfAnotherAssembly(MethodInfo method) =>
        method.GetBaseDefinition().DeclaringType is { } declaring && declaring.Assembly != method.DeclaringType!.Assembly && declaring != typeof(object);

    private static string VisibilityOf(MethodBase method) => method.IsPublic ? "public" : "protected";

    private static string ModifierOf(MethodInfo method) => method switch
    {
        { DeclaringType.IsInterface: true } => string.Empty,
        { IsStatic: true } => "static ",
        { IsAbstract: true } => "abstract ",
        { IsVirtual: true } when method.GetBaseDefinition() != method => "override ",
        { IsVirtual: true, IsFinal: false } => "virtual ",
        _ => string.Empty,
    };

    private static string ParametersOf(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{(parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : string.Empty)}{NameOf(parameter.ParameterType, s_nullability.Create(parameter))} "
        + $"{parameter.Name}{DefaultOf(parameter)}"));

    private static string DefaultOf(ParameterInfo parameter) => !parameter.HasDefaultValue ? string.Empty : " = " + parameter.DefaultValue switch
    {
        null when parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null => "default",
        null => "null",
        bool value => value ? "true" : "false",
        string text => $"\"{text}\"",
        var value => value.ToString(),
    };

    private static string FullNameOf(Type type) => type.IsGenericType ? $"{type.Namespace}.{NameOf(type)}" : type.FullName!;

    private static string NameOf(Type type, NullabilityInfo? nullability = null)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return NameOf(underlying) + "?";
        }

        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        var isNullable = !type.IsValueType
            && nullability is { ReadState: NullabilityState.Nullable } or { ReadState: NullabilityState.Unknown, WriteState: NullabilityState.Nullable };
        return PlainNameOf(type, nullability) + (isNullable ? "?" : string.Empty);
    }

    private static string PlainNameOf(Type type, NullabilityInfo? nullability) => type switch
    {
        { IsArray: true } => NameOf(type.GetElementType()!, nullability?.ElementType) + "[]",
        _ when type == typeof(void) => "void",
        _ when type == typeof(string) => "string",
        _ when type == typeof(object) => "object",
        _ when type == typeof(bool) => "bool",
        _ when type == typeof(int) => "int",
        _ when type == typeof(long) => "long",
        _ when type == typeof(byte) => "byte",
        _ when type == typeof(double) => "double",
        { IsGenericType: true } => $"{PrefixOf(type)}{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{ArgumentsOf(type, nullability)}>",
        _ => PrefixOf(type) + type.Name,
    };

    private static string ArgumentsOf(Type type, NullabilityInfo? nullability) => string.Join(", ", type.GetGenericArguments().Select((argument, index) =>
        NameOf(argument, nullability is not null && index < nullability.GenericTypeArguments.Length ? nullability.GenericTypeArguments[index] : null)));

    // The listing leaves out the namespaces that every reader has in mind.
    private static string PrefixOf(Type type) => type.Namespace switch
    {
        "Microsoft.DurableTask.Client.Entities" => "Entities.",
        "Microsoft.DurableTask.Client" or "Microsoft.DurableTask.Testing" => string.Empty,
        { } space when space.StartsWith("Microsoft.DurableTask.", StringComparison.Ordinal) => space["Microsoft.DurableTask.".Length..] + ".",
        { } space when space.StartsWith("DurableTask.Core", StringComparison.Ordinal) => space + ".",
        _ => string.Empty,
    };
}
